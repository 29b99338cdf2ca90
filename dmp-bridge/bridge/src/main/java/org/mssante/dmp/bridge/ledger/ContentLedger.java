package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of what has ended: a settled mail, all of whose documents are filed or refused and whose receipt is sent or
 * given up. Nothing reads it again; the lines stay, so that the same mail or document is known when it comes again. Thread-safe.
 */
public final class ContentLedger {
    private static final String ENDED_BEFORE = "SELECT m.id FROM message m WHERE m.state = 'SETTLED'"
            + " AND m.freed_at IS NULL AND m.received_at < ?"
            + " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.message = m.id"
            + " AND (d.state NOT IN " + DocumentState.FINAL + " OR d.done_at >= ?))"
            + " AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id"
            + " AND (r.state = 'PENDING' OR r.sent_at >= ?))"
            + " ORDER BY m.received_at FETCH FIRST ? ROWS ONLY";

    private final LedgerDatabase database;
    private final Worker worker;

    public ContentLedger(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /**
     * Frees the content of mails that ended before this time, the oldest first, and of their documents. It may be lost with
     * the process: then the next call does it again.
     *
     * @param limit of mails, so that one transaction stays short
     * @return how many mails
     */
    public int free(Instant endedBefore, int limit) {
        return database.lazily(connection -> {
            List<Long> ended = ended(connection, endedBefore.atOffset(ZoneOffset.UTC), limit);
            for (long message : ended) {
                free(connection, message);
            }
            return ended.size();
        });
    }

    private static List<Long> ended(Connection connection, OffsetDateTime before, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ENDED_BEFORE)) {
            query.setObject(1, before);
            query.setObject(2, before);
            query.setObject(3, before);
            query.setInt(4, limit);
            List<Long> ended = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ended.add(row.getLong(1));
                }
            }
            return ended;
        }
    }

    private void free(Connection connection, long message) throws SQLException {
        try (PreparedStatement mail =
                        connection.prepareStatement("UPDATE message SET content = ?, freed_at = ? WHERE id = ?");
                PreparedStatement documents =
                        connection.prepareStatement("UPDATE document SET content = NULL WHERE message = ?")) {
            mail.setBytes(1, new byte[0]);
            mail.setObject(2, worker.time());
            mail.setLong(3, message);
            mail.executeUpdate();
            documents.setLong(1, message);
            documents.executeUpdate();
        }
    }
}
