package org.mssante.dmp.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Hash;

/** Registered documents, and the links between them. */
public final class DocumentTable {
    private static final String SELECT =
            "select entry_uuid, unique_id, matricule, authority, status, mime_type, sha1, size, metadata"
                    + " from document_entry where ";

    private DocumentTable() {}

    public static Optional<StoredDocument> byUniqueId(Connection connection, String uniqueId) throws SQLException {
        return one(connection, "unique_id = ?", uniqueId);
    }

    public static Optional<StoredDocument> byEntryUuid(Connection connection, String entryUuid) throws SQLException {
        return one(connection, "entry_uuid = ?", entryUuid);
    }

    /** The documents of a patient in the order they were registered, in any status, at most {@code max}. */
    public static List<StoredDocument> ofPatient(Connection connection, Ins patient, int max) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT
                + "matricule = ? and authority = ? order by registered_at, entry_uuid fetch first ? rows only")) {
            select.setString(1, patient.matricule());
            select.setString(2, patient.authority().value());
            select.setInt(3, max);
            return rows(select);
        }
    }

    public static void insert(Connection connection, StoredDocument document, String submissionUuid, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into document_entry (entry_uuid, unique_id, submission_uuid, matricule, authority, status,"
                        + " mime_type, sha1, size, metadata, registered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, document.entryUuid());
            insert.setString(2, document.uniqueId());
            insert.setString(3, submissionUuid);
            insert.setString(4, document.patient().matricule());
            insert.setString(5, document.patient().authority().value());
            insert.setString(6, document.status().name());
            insert.setString(7, document.mimeType());
            insert.setString(8, document.hash().hex());
            insert.setLong(9, document.size());
            insert.setString(10, document.metadata());
            insert.setObject(11, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /** Marks a document as replaced; false where it was not in force. */
    public static boolean deprecate(Connection connection, String entryUuid) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update document_entry set status = ? where entry_uuid = ? and status = ?")) {
            update.setString(1, Availability.DEPRECATED.name());
            update.setString(2, entryUuid);
            update.setString(3, Availability.APPROVED.name());
            return update.executeUpdate() == 1;
        }
    }

    public static void associate(Connection connection, String type, String source, String target) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into association (type, source_uuid, target_uuid) values (?, ?, ?)")) {
            insert.setString(1, type);
            insert.setString(2, source);
            insert.setString(3, target);
            insert.executeUpdate();
        }
    }

    private static Optional<StoredDocument> one(Connection connection, String condition, String key)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
            select.setString(1, key);
            return rows(select).stream().findFirst();
        }
    }

    private static List<StoredDocument> rows(PreparedStatement select) throws SQLException {
        List<StoredDocument> documents = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                documents.add(new StoredDocument(
                        row.getString(1),
                        row.getString(2),
                        new Ins(row.getString(3), new Oid(row.getString(4))),
                        Availability.valueOf(row.getString(5)),
                        row.getString(6),
                        new Hash(row.getString(7)),
                        row.getLong(8),
                        row.getString(9)));
            }
        }
        return documents;
    }
}
