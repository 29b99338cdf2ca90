package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The receipts owed and sent: at most one a mail. Thread-safe. */
public final class ReceiptLedger {
    private final LedgerDatabase database;
    private final Worker worker;

    public ReceiptLedger(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /** A mail all of whose documents have ended and that is not settled, claimed for this instance. */
    public Optional<Claimed> nextEnded() {
        return database.lazily(connection -> Claim.next(connection, "message", "id", List.of("ENDED"), worker));
    }

    /** Settles a mail: nothing more happens to it but the receipt, where one is owed. */
    public void settle(long message, Optional<OwedReceipt> receipt) {
        database.lazily(connection -> {
            if (receipt.isPresent()) {
                insert(connection, receipt.get());
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE message SET state = 'SETTLED', claimed_by = NULL WHERE id = ?")) {
                update.setLong(1, message);
                return update.executeUpdate();
            }
        });
    }

    /** A receipt to send, claimed for this instance; what it tells of is on the disk by then, whichever worker wrote it. */
    public Optional<OwedReceipt> nextOwed() {
        return database.found(connection -> {
            Optional<Claimed> receipt = Claim.next(connection, "receipt", "message", List.of("PENDING"), worker);
            return receipt.isPresent() ? Optional.of(read(connection, receipt.get())) : Optional.empty();
        });
    }

    /** What has yet to be sent. */
    public OpenReceipts open() {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT COUNT(*), MIN(created_at) FROM receipt WHERE state = 'PENDING'");
                    ResultSet row = query.executeQuery()) {
                row.next();
                return new OpenReceipts(
                        row.getLong(1),
                        Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant));
            }
        });
    }

    public void sent(long message) {
        end(message, "SENT", "");
    }

    /** The mail server refuses the receipt for good. */
    public void abandoned(long message, String detail) {
        end(message, "ABANDONED", detail);
    }

    public void postpone(long message, String detail, Instant dueAt) {
        database.lazily(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE receipt SET claimed_by = NULL, attempts = attempts + 1, due_at = ?, detail = ?"
                            + " WHERE message = ?")) {
                update.setObject(1, dueAt.atOffset(ZoneOffset.UTC));
                update.setString(2, detail.length() <= 4_000 ? detail : detail.substring(0, 4_000));
                update.setLong(3, message);
                return update.executeUpdate();
            }
        });
    }

    private void end(long message, String state, String detail) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE receipt SET state = ?, detail = ?, sent_at = ?, claimed_by = NULL WHERE message = ?")) {
                update.setString(1, state);
                update.setString(2, detail.length() <= 4_000 ? detail : detail.substring(0, 4_000));
                update.setObject(3, worker.time());
                update.setLong(4, message);
                return update.executeUpdate();
            }
        });
    }

    private void insert(Connection connection, OwedReceipt receipt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO receipt (message, kind, recipient, state, attempts, due_at, created_at, detail)"
                        + " VALUES (?, ?, ?, 'PENDING', 0, ?, ?, '')")) {
            insert.setLong(1, receipt.message());
            insert.setString(2, receipt.kind().name());
            insert.setString(3, receipt.recipient());
            insert.setObject(4, worker.time());
            insert.setObject(5, worker.time());
            insert.executeUpdate();
        }
    }

    private static OwedReceipt read(Connection connection, Claimed claimed) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT kind, recipient, attempts FROM receipt WHERE message = ?")) {
            query.setLong(1, claimed.id());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no receipt for the message " + claimed.id());
                }
                return new OwedReceipt(
                        claimed.id(),
                        OwedReceipt.Kind.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getInt(3),
                        claimed.octets());
            }
        }
    }
}
