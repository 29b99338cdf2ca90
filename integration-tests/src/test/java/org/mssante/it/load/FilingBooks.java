package org.mssante.it.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.it.instance.TestInstance;

/**
 * What the bridge and the DMP store of an instance that has been stopped say of each document, line by line.
 *
 * @param ends of documents in mails, as the bridge's ledger has them
 * @param registered documents, as the store has them
 * @param submissions that the store took
 */
public record FilingBooks(List<End> ends, List<Registered> registered, long submissions) {
    public FilingBooks {
        ends = List.copyOf(ends);
        registered = List.copyOf(registered);
    }

    /** @param outcome empty for a document that has not ended */
    public record End(
            String messageId, Optional<String> documentId, String state, Optional<Outcome> outcome, String receipt) {}

    /** @param octets of the content that is there */
    public record Registered(String documentId, Hash hash, long size, long octets) {}

    public static FilingBooks of(TestInstance instance) throws SQLException {
        try (Connection bridge = ServiceDatabase.bridge(instance);
                Connection store = ServiceDatabase.store(instance)) {
            return new FilingBooks(
                    ends(bridge), registered(store), MailDatabase.number(store, "SELECT COUNT(*) FROM submission_set"));
        }
    }

    private static List<End> ends(Connection bridge) throws SQLException {
        try (PreparedStatement query = bridge.prepareStatement(
                        "SELECT m.message_id, d.document_id, d.state, d.outcome, COALESCE(r.state, 'NONE') FROM message m"
                                + " JOIN document d ON d.message = m.id LEFT JOIN receipt r ON r.message = m.id");
                ResultSet row = query.executeQuery()) {
            List<End> ends = new ArrayList<>();
            while (row.next()) {
                ends.add(new End(
                        row.getString(1),
                        Optional.ofNullable(row.getString(2)),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)).flatMap(Outcome::ofCode),
                        row.getString(5)));
            }
            return ends;
        }
    }

    private static List<Registered> registered(Connection store) throws SQLException {
        try (PreparedStatement query = store.prepareStatement(
                        "SELECT e.unique_id, e.sha1, e.size, (SELECT COALESCE(SUM(OCTET_LENGTH(c.bytes)), 0)"
                                + " FROM document_content c WHERE c.entry_uuid = e.entry_uuid) FROM document_entry e");
                ResultSet row = query.executeQuery()) {
            List<Registered> registered = new ArrayList<>();
            while (row.next()) {
                registered.add(
                        new Registered(row.getString(1), new Hash(row.getString(2)), row.getLong(3), row.getLong(4)));
            }
            return registered;
        }
    }
}
