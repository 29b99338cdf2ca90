package org.mssante.dmp.bridge.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Keeps two workers, of one or of several instances, from filing documents of one identifier or set at a time. */
public final class FilingLocks {
    private static final String UNIQUE_VIOLATION = "23505";

    private final LedgerDatabase database;
    private final Worker worker;

    public FilingLocks(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /** What was taken, and when: whoever takes it after its lease ended holds it from another moment on. */
    public record Held(List<String> names, OffsetDateTime since) {
        public Held {
            names = List.copyOf(names);
        }
    }

    /** Takes all of the names, or none. */
    public Optional<Held> acquire(List<String> names) {
        // as exact as a database keeps it
        Held held = new Held(
                names.stream().distinct().sorted().toList(), worker.time().truncatedTo(ChronoUnit.MICROS));
        try {
            return database.lazily(connection -> {
                try (PreparedStatement expired = connection.prepareStatement(
                                "DELETE FROM filing_lock WHERE name = ? AND held_since < ?");
                        PreparedStatement insert = connection.prepareStatement(
                                "INSERT INTO filing_lock (name, held_by, held_since) VALUES (?, ?, ?)")) {
                    for (String name : held.names()) {
                        expired.setString(1, name);
                        expired.setObject(2, worker.leaseEnd());
                        expired.executeUpdate();
                        insert.setString(1, name);
                        insert.setString(2, worker.name());
                        insert.setObject(3, held.since());
                        insert.executeUpdate();
                    }
                    return Optional.of(held);
                }
            });
        } catch (LedgerFailure e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Gives back what is still held; what another took meanwhile stays his. */
    public void release(Held held) {
        database.lazily(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM filing_lock WHERE name = ? AND held_by = ? AND held_since = ?")) {
                for (String name : held.names()) {
                    delete.setString(1, name);
                    delete.setString(2, worker.name());
                    delete.setObject(3, held.since());
                    delete.executeUpdate();
                }
                return held.names().size();
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
