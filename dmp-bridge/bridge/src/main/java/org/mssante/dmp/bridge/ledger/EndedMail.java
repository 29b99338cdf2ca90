package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Marks a mail all of whose documents have ended: it is found by its state then, however many mails wait beside it. Called in
 * the transaction that ends a document, behind that.
 */
final class EndedMail {
    private static final String MARK = "UPDATE message SET state = 'ENDED' WHERE id = ? AND state = 'EXTRACTED'"
            + " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.message = message.id"
            + " AND d.state NOT IN " + DocumentState.FINAL + ")";

    private EndedMail() {}

    /** The mail is locked first: of two workers who end its last two documents, the second sees what the first did. */
    static void ofDocument(Connection connection, long document) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM message WHERE id ="
                + " (SELECT d.message FROM document d WHERE d.id = ?) FOR UPDATE")) {
            query.setLong(1, document);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    mark(connection, row.getLong(1));
                }
            }
        }
    }

    /** For a mail that nobody else has in hand. */
    static void mark(Connection connection, long message) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MARK)) {
            update.setLong(1, message);
            update.executeUpdate();
        }
    }
}
