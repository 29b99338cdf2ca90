package org.mssante.dmp.bridge.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/** An operator's view of the documents: what waits, what stopped, why, and the means to start it again. Thread-safe. */
public final class DocumentQueue {
    private static final String SELECT =
            "SELECT d.id, m.message_id, d.source, d.document_id, d.state, d.outcome, d.detail,"
                    + " d.rule, d.rule_inputs, d.decided_at, d.attempts, d.failures, d.created_at, d.due_at, d.done_at, m.freed_at,"
                    + " d.person_verdict, d.person_name, d.person_decided_at, d.person_reason, d.form_findings"
                    + " FROM document d JOIN message m ON m.id = d.message WHERE ";
    /** Named one by one: there is an index by state, and what has ended is nearly all of the table. */
    private static final String OPEN = "state IN ('EXTRACTED', 'DECIDED', 'WAITING', 'STOPPED', 'ASKED')";

    private static final String UNFINISHED = "d." + OPEN + " ORDER BY d.created_at, d.id";
    /** Each by its own index: an OR over two tables reads both. */
    private static final String NAMED = "d.id IN (SELECT id FROM document WHERE document_id = ?"
            + " UNION SELECT x.id FROM document x JOIN message y ON y.id = x.message WHERE y.message_id = ?)"
            + " ORDER BY d.created_at, d.id";

    private final LedgerDatabase database;
    private final Worker worker;

    public DocumentQueue(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /** How many have not ended, by state; a state of which there are none is left out. */
    public List<OpenDocuments> open() {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT state, COUNT(*), MIN(COALESCE(restarted_at, created_at)) FROM document WHERE "
                                    + OPEN + " GROUP BY state ORDER BY state");
                    ResultSet row = query.executeQuery()) {
                List<OpenDocuments> open = new ArrayList<>();
                while (row.next()) {
                    open.add(new OpenDocuments(
                            DocumentState.valueOf(row.getString(1)),
                            row.getLong(2),
                            time(row, 3).orElseThrow()));
                }
                return open;
            }
        });
    }

    /** Documents that have not ended, the oldest first. */
    public List<QueuedDocument> unfinished(int limit) {
        return database.lazily(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement(SELECT + UNFINISHED + " FETCH FIRST " + limit + " ROWS ONLY")) {
                return read(query);
            }
        });
    }

    /** The documents of this uniqueId, or of the mail with this Message-ID, whatever became of them. */
    public List<QueuedDocument> documents(String documentOrMessageId) {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SELECT + NAMED)) {
                query.setString(1, documentOrMessageId);
                query.setString(2, documentOrMessageId);
                return read(query);
            }
        });
    }

    /** Makes a document due now, its failures forgotten; false where it has ended. */
    public boolean retry(long id) {
        return database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'WAITING', failures = 0, attempts = 0, gave_way_since = NULL, due_at = ?, restarted_at = ?"
                            + " WHERE id = ? AND state IN ('WAITING', 'STOPPED')")) {
                update.setObject(1, worker.time());
                update.setObject(2, worker.time());
                update.setLong(3, id);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Makes a document that waits for a person's word due now; false where it does not. */
    public boolean release(long id, PersonDecision decision) {
        return decide(
                id,
                decision,
                "state = 'DECIDED', failures = 0, attempts = 0, gave_way_since = NULL, due_at = ?, restarted_at = ?");
    }

    /** Ends a document that waits for a person's word; false where it does not. */
    public boolean discard(long id, PersonDecision decision) {
        return decide(
                id,
                decision,
                "state = 'REFUSED', outcome = '" + Outcome.FILING_DECLINED.code() + "', due_at = ?, done_at = ?");
    }

    /** @param change has two places for the time */
    private boolean decide(long id, PersonDecision decision, String change) {
        return database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE document SET " + change
                    + ", person_verdict = ?, person_name = ?, person_decided_at = ?, person_reason = ?"
                    + " WHERE id = ? AND state = 'ASKED'")) {
                update.setObject(1, worker.time());
                update.setObject(2, worker.time());
                update.setString(3, decision.verdict().name());
                update.setString(4, decision.by());
                update.setObject(5, decision.at().atOffset(ZoneOffset.UTC));
                update.setString(6, decision.reason().orElse(null));
                update.setLong(7, id);
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            EndedMail.ofDocument(connection, id);
            return true;
        });
    }

    private static Optional<PersonDecision> decision(ResultSet row) throws SQLException {
        String verdict = row.getString(17);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new PersonDecision(
                        PersonDecision.Verdict.valueOf(verdict),
                        row.getString(18),
                        time(row, 19).orElseThrow(),
                        Optional.ofNullable(row.getString(20))));
    }

    private static List<QueuedDocument> read(PreparedStatement query) throws SQLException {
        List<QueuedDocument> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new QueuedDocument(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        DocumentState.valueOf(row.getString(5)),
                        Optional.ofNullable(row.getString(6)).map(RecordedCode::outcome),
                        RecordedCode.detail(row.getString(6), row.getString(7)),
                        Optional.ofNullable(row.getString(8)),
                        Optional.ofNullable(row.getString(9)),
                        time(row, 10),
                        row.getInt(11),
                        row.getInt(12),
                        time(row, 13).orElseThrow(),
                        time(row, 14).orElseThrow(),
                        time(row, 15),
                        time(row, 16),
                        decision(row),
                        Optional.ofNullable(row.getString(21))));
            }
        }
        return found;
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
