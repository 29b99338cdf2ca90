package org.mssante.dmp.bridge.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Keeps two workers, of one or of several instances, from filing documents of one identifier or set at a time. */
public final class FilingLocks {
    private static final String UNIQUE_VIOLATION = "23505";

    private final LedgerDatabase database;
    private final Worker worker;

    public FilingLocks(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /** Takes all of the names or none. */
    public boolean acquire(List<String> names) {
        try {
            return database.lazily(connection -> {
                try (PreparedStatement expired = connection.prepareStatement(
                                "DELETE FROM filing_lock WHERE name = ? AND held_since < ?");
                        PreparedStatement insert = connection.prepareStatement(
                                "INSERT INTO filing_lock (name, held_by, held_since) VALUES (?, ?, ?)")) {
                    for (String name : names.stream().distinct().sorted().toList()) {
                        expired.setString(1, name);
                        expired.setObject(2, worker.leaseEnd());
                        expired.executeUpdate();
                        insert.setString(1, name);
                        insert.setString(2, worker.name());
                        insert.setObject(3, worker.time());
                        insert.executeUpdate();
                    }
                    return true;
                }
            });
        } catch (LedgerFailure e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    public void release(List<String> names) {
        database.lazily(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM filing_lock WHERE name = ? AND held_by = ?")) {
                for (String name : names) {
                    delete.setString(1, name);
                    delete.setString(2, worker.name());
                    delete.executeUpdate();
                }
                return names.size();
            }
        });
    }

    /** Gives back whatever this instance held when it ended; call once, before any worker starts. */
    public void recover() {
        database.transaction(connection -> {
            Claim.recover(connection, "message", worker);
            Claim.recover(connection, "document", worker);
            Claim.giveBackAll(connection, "receipt", worker);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM filing_lock WHERE held_by = ?")) {
                delete.setString(1, worker.name());
                return delete.executeUpdate();
            }
        });
    }
}
