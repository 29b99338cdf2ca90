package org.mssante.dmp.bridge.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.DocumentBytes;
import org.mssante.dmp.bridge.extract.MailHeader;
import org.mssante.dmp.cda.SenderMetadata;

/** The documents found in mails, each with its state. Thread-safe. */
public final class DocumentLedger {
    private static final int MAX_DETAIL = 4_000;
    private static final int MAX_KEY = 400;
    /** As far as any line of replacements is followed back. */
    private static final int MAX_LINEAGE = 100;

    private static final String MASK_SEPARATOR = ";";
    /** What ended stays ended, whatever fails afterwards, also for a worker whose lease ran out meanwhile. */
    private static final String OPEN = "state NOT IN " + DocumentState.FINAL;

    private final LedgerDatabase database;
    private final Worker worker;

    public DocumentLedger(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /** Writes down what a mail holds and ends the claim on it: all of it, or nothing and the mail is read again. */
    public void record(long message, List<FoundDocument> documents) {
        database.transaction(connection -> {
            int ordinal = 0;
            for (FoundDocument document : documents) {
                insert(connection, message, ordinal++, document);
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE message SET state = 'EXTRACTED', claimed_by = NULL WHERE id = ?")) {
                update.setLong(1, message);
                update.executeUpdate();
            }
            EndedMail.mark(connection, message);
            return documents.size();
        });
    }

    /** A document to be decided and filed, claimed for this instance: on the disk, so that a crash is counted. */
    public Optional<Claimed> nextOpen() {
        return database.found(connection ->
                Claim.next(connection, "document", "id", List.of("EXTRACTED", "DECIDED", "WAITING"), worker));
    }

    public StoredDocument document(long id) {
        return database.lazily(connection -> read(connection, id));
    }

    /**
     * Records the decision about the patient's rights. It may be lost with the process: the claim is on the disk, so the
     * document then counts a failure, and after one the DMP is asked before anything is sent again.
     */
    public void decided(long id, String rule, String inputs) {
        database.lazily(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'DECIDED', rule = ?, rule_inputs = ?, decided_at = ? WHERE id = ? AND "
                            + OPEN)) {
                update.setString(1, rule);
                update.setString(2, inputs);
                update.setObject(3, worker.time());
                update.setLong(4, id);
                return update.executeUpdate();
            }
        });
    }

    /** Ends the life of a document. */
    public void finish(long id, DocumentState state, Outcome outcome, String detail) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = ?, outcome = ?, detail = ?, done_at = ?, claimed_by = NULL"
                            + " WHERE id = ? AND " + OPEN)) {
                update.setString(1, state.name());
                update.setString(2, outcome.code());
                update.setString(3, shortened(detail));
                update.setObject(4, worker.time());
                update.setLong(5, id);
                update.executeUpdate();
            }
            EndedMail.ofDocument(connection, id);
            return id;
        });
    }

    /** Gives a document back for later. */
    public void waiting(long id, Outcome outcome, String detail, Instant dueAt) {
        database.lazily(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'WAITING', outcome = ?, detail = ?, attempts = attempts + 1,"
                            + " gave_way_since = NULL, due_at = ?, claimed_by = NULL WHERE id = ? AND " + OPEN)) {
                update.setString(1, outcome.code());
                update.setString(2, shortened(detail));
                update.setObject(3, dueAt.atOffset(ZoneOffset.UTC));
                update.setLong(4, id);
                return update.executeUpdate();
            }
        });
    }

    /** Gives back a document whose attempt a defect ended. */
    public void failed(long id, Outcome outcome, String detail, Instant dueAt) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'WAITING', outcome = ?, detail = ?, attempts = attempts + 1,"
                            + " failures = failures + 1, gave_way_since = NULL, due_at = ?, claimed_by = NULL WHERE id = ? AND "
                            + OPEN)) {
                update.setString(1, outcome.code());
                update.setString(2, shortened(detail));
                update.setObject(3, dueAt.atOffset(ZoneOffset.UTC));
                update.setLong(4, id);
                return update.executeUpdate();
            }
        });
    }

    /** Sets a document aside until an operator starts it again. */
    public void stop(long id, String detail) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'STOPPED', outcome = ?, detail = ?, claimed_by = NULL WHERE id = ? AND "
                            + OPEN)) {
                update.setString(1, Outcome.FILING_STOPPED.code());
                update.setString(2, shortened(detail));
                update.setLong(3, id);
                return update.executeUpdate();
            }
        });
    }

    /** Sets a document aside until a person says whether it is filed. */
    public void asked(long id) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET state = 'ASKED', outcome = ?, detail = '', claimed_by = NULL WHERE id = ? AND "
                            + OPEN)) {
                update.setString(1, Outcome.FILING_ASKED.code());
                update.setLong(2, id);
                return update.executeUpdate();
            }
        });
    }

    /** Gives a document back because another one of its line is being filed, or goes first; that is no failed attempt. */
    public void giveWay(long id, Instant dueAt) {
        database.lazily(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE document SET due_at = ?, gave_way_since = COALESCE(gave_way_since, ?), claimed_by = NULL"
                            + " WHERE id = ? AND " + OPEN)) {
                update.setObject(1, dueAt.atOffset(ZoneOffset.UTC));
                update.setObject(2, worker.time());
                update.setLong(3, id);
                return update.executeUpdate();
            }
        });
    }

    /** The document filed under this identifier. */
    public Optional<FiledVersion> filed(String documentId) {
        return filed("document_id = ?", documentId).stream().findFirst();
    }

    /** The documents of this patient that are filed of this set: versions are counted by patient and set. */
    public List<FiledVersion> filedOfSet(String setId, Ins patient) {
        // the matricule alone: the authorities of the INS number the same persons; it has no wildcard of LIKE
        return filed("set_id = ? AND patient LIKE ?", setId, ofAnyAuthority(patient));
    }

    /** The documents of this patient that are filed and name this one as what they replace. */
    public List<FiledVersion> filedReplacing(String documentId, Ins patient) {
        return filed("replaces_id = ? AND patient LIKE ?", key(documentId), ofAnyAuthority(patient));
    }

    /** The documents of this patient that are here, filed or not, and name this one as what they replace. */
    public List<String> naming(String documentId, Ins patient) {
        return column(
                "SELECT DISTINCT document_id FROM document WHERE replaces_id = ? AND patient LIKE ?",
                key(documentId),
                ofAnyAuthority(patient));
    }

    /** The sets that a document of this identifier is of. */
    public List<String> sets(String documentId) {
        return column("SELECT DISTINCT set_id FROM document WHERE document_id = ? AND set_id IS NOT NULL", documentId);
    }

    /** True where this document of the patient is here and due, or no attempt to file it has ended. */
    public boolean comesFirst(String documentId, Ins patient) {
        return database.lazily(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT id FROM document WHERE document_id = ? AND patient LIKE ?"
                            + " AND state IN ('EXTRACTED', 'DECIDED', 'WAITING')"
                            + " AND (due_at <= ? OR (attempts = 0 AND state <> 'WAITING')) FETCH FIRST ROW ONLY")) {
                query.setString(1, documentId);
                query.setString(2, ofAnyAuthority(patient));
                query.setObject(3, worker.time());
                try (ResultSet row = query.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** This document, the one it names as replaced, the one that names, and so on as far as the ledger knows: the latest first. */
    public List<String> lineage(String documentId) {
        return database.lazily(connection -> {
            Set<String> line = new LinkedHashSet<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT replaces_id FROM document"
                    + " WHERE document_id = ? AND replaces_id IS NOT NULL ORDER BY id DESC FETCH FIRST ROW ONLY")) {
                Optional<String> next = Optional.of(key(documentId));
                while (next.isPresent() && line.size() < MAX_LINEAGE && line.add(next.get())) {
                    query.setString(1, next.get());
                    try (ResultSet row = query.executeQuery()) {
                        next = row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    }
                }
            }
            return List.copyOf(line);
        });
    }

    /** How every document of a mail ended so far; those without an outcome yet are left out. */
    public List<DocumentOutcome> outcomes(long message) {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT source, document_id, state, outcome, detail FROM document WHERE message = ?"
                            + " AND outcome IS NOT NULL ORDER BY ordinal")) {
                query.setLong(1, message);
                List<DocumentOutcome> outcomes = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        outcomes.add(new DocumentOutcome(
                                row.getString(1),
                                Optional.ofNullable(row.getString(2)),
                                DocumentState.valueOf(row.getString(3)),
                                RecordedCode.outcome(row.getString(4)),
                                RecordedCode.detail(row.getString(4), row.getString(5))));
                    }
                }
                return outcomes;
            }
        });
    }

    private List<String> column(String sql, String... values) {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                bind(query, values);
                List<String> column = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        column.add(row.getString(1));
                    }
                }
                return column;
            }
        });
    }

    private static void bind(PreparedStatement query, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            query.setString(i + 1, values[i]);
        }
    }

    /** A pattern of the patient's identifiers (CX), whoever assigned them. */
    private static String ofAnyAuthority(Ins patient) {
        return patient.matricule() + "^%";
    }

    private List<FiledVersion> filed(String condition, String... values) {
        return database.lazily(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT document_id, sha1, COALESCE(set_id, document_id), version_number, masks, comments FROM document"
                            + " WHERE state = 'FILED' AND "
                            + condition + " ORDER BY version_number DESC NULLS LAST, id DESC")) {
                bind(query, values);
                List<FiledVersion> filed = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        filed.add(new FiledVersion(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                version(row, 4),
                                metadata(row.getString(5), Optional.ofNullable(row.getString(6)))));
                    }
                }
                return filed;
            }
        });
    }

    private void insert(Connection connection, long message, int ordinal, FoundDocument document) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO document (message, ordinal, source, state, document_id, sha1, size_octets, content, masks,"
                        + " comments, set_id, version_number, patient, outcome, detail, attempts, due_at, created_at,"
                        + " done_at, form_findings, replaces_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, message);
            insert.setInt(2, ordinal);
            insert.setString(3, shortened(document.source(), 2_000));
            if (document instanceof FoundDocument.Fileable fileable) {
                fileable(insert, fileable);
            } else {
                ended(insert, (FoundDocument.Ended) document);
            }
            insert.setObject(16, worker.time());
            insert.setObject(17, worker.time());
            insert.executeUpdate();
        }
    }

    private void fileable(PreparedStatement insert, FoundDocument.Fileable document) throws SQLException {
        insert.setString(4, DocumentState.EXTRACTED.name());
        insert.setString(5, document.documentId());
        content(insert, Optional.of(document.bytes()));
        insert.setString(9, String.join(MASK_SEPARATOR, document.metadata().restrictions()));
        insert.setString(
                10,
                document.metadata()
                        .comments()
                        .map(text -> shortened(text, 20_000))
                        .orElse(null));
        insert.setString(11, set(insert.getConnection(), document));
        insert.setObject(12, document.version().isPresent() ? document.version().getAsLong() : null, Types.BIGINT);
        insert.setString(13, document.patient().cx());
        insert.setString(14, null);
        insert.setString(15, shortened(document.warnings()));
        insert.setObject(18, null, Types.TIMESTAMP_WITH_TIMEZONE);
        insert.setString(19, document.form().map(DocumentLedger::shortened).orElse(null));
        insert.setString(20, document.replaces().map(DocumentLedger::key).orElse(null));
    }

    private void ended(PreparedStatement insert, FoundDocument.Ended document) throws SQLException {
        insert.setString(4, document.state().name());
        insert.setString(5, document.documentId().map(id -> shortened(id, 400)).orElse(null));
        content(insert, document.bytes());
        insert.setString(9, "");
        insert.setString(10, null);
        insert.setString(11, null);
        insert.setObject(12, null, Types.BIGINT);
        insert.setString(13, null);
        insert.setString(14, document.outcome().code());
        insert.setString(15, shortened(document.detail()));
        insert.setObject(18, worker.time());
        insert.setString(19, null);
        insert.setString(20, null);
    }

    private static void content(PreparedStatement insert, Optional<DocumentBytes> bytes) throws SQLException {
        insert.setString(6, bytes.map(present -> present.sha1().hex()).orElse(null));
        insert.setObject(7, bytes.map(present -> (long) present.size()).orElse(null), Types.BIGINT);
        insert.setBytes(8, bytes.map(DocumentBytes::copy).orElse(null));
    }

    private static StoredDocument read(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT d.message, m.message_id, m.received_at, d.source, d.document_id, d.content, d.masks, d.comments,"
                        + " COALESCE(d.set_id, d.document_id), d.version_number, COALESCE(d.restarted_at, d.created_at), d.attempts, d.failures, d.rule, m.recipients, d.person_verdict, d.gave_way_since FROM document d"
                        + " JOIN message m ON m.id = d.message"
                        + " WHERE d.id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no document " + id);
                }
                return new StoredDocument(
                        id,
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        DocumentBytes.copyOf(row.getBytes(6)),
                        metadata(row.getString(7), Optional.ofNullable(row.getString(8))),
                        row.getString(9),
                        version(row, 10),
                        row.getObject(11, OffsetDateTime.class).toInstant(),
                        row.getInt(12),
                        row.getInt(13),
                        row.getInt(13) > 0
                                || Optional.ofNullable(row.getString(14)).isPresent(),
                        Optional.ofNullable(row.getObject(17, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        MessageLedger.recipients(row.getString(15)),
                        PersonDecision.Verdict.FILE.name().equals(row.getString(16)));
            }
        }
    }

    private static SenderMetadata metadata(String masks, Optional<String> comments) {
        return SenderMetadata.ofMasks(
                Arrays.stream(masks.split(MASK_SEPARATOR, -1))
                        .filter(mask -> !mask.isEmpty())
                        .toList(),
                comments);
    }

    private static OptionalLong version(ResultSet row, int column) throws SQLException {
        long version = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /**
     * The set a document names; for one that names none, that of the document it replaces, and where nobody knows of one, the
     * identifier of the oldest ancestor that is known (receiving algorithm).
     */
    private static String set(Connection connection, FoundDocument.Fileable document) throws SQLException {
        if (document.setId().isPresent()) {
            return key(document.setId().get());
        }
        if (document.replaces().isEmpty()) {
            return document.documentId();
        }
        String parent = key(document.replaces().get());
        try (PreparedStatement query = connection.prepareStatement("SELECT set_id FROM document WHERE document_id = ?"
                + " AND set_id IS NOT NULL ORDER BY id DESC FETCH FIRST ROW ONLY")) {
            query.setString(1, parent);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : parent;
            }
        }
    }

    /** The identifier of a set, or of a document that is replaced, may have an extension of any length; a long one is kept as its digest. */
    private static String key(String id) {
        return id.length() <= MAX_KEY ? id : "sha256:" + MailHeader.sha256(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return shortened(text, MAX_DETAIL);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
