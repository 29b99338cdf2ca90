package org.mssante.dmp.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.metadata.SubmissionSet;

/** Submissions that registered at least one document. */
public final class SubmissionTable {
    private SubmissionTable() {}

    public static boolean exists(Connection connection, String uniqueId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from submission_set where unique_id = ?")) {
            select.setString(1, uniqueId);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** @param submitter the subject of the client certificate */
    public static void insert(
            Connection connection, String entryUuid, SubmissionSet set, Ins patient, String submitter, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into submission_set (entry_uuid, unique_id, source_id, matricule, authority, submitted_by,"
                        + " registered_at) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, entryUuid);
            insert.setString(2, set.uniqueId());
            insert.setString(3, set.sourceId());
            insert.setString(4, patient.matricule());
            insert.setString(5, patient.authority().value());
            insert.setString(6, submitter);
            insert.setObject(7, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }
}
