package org.mssante.server.storage.search;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code message_search}, in its callers' transactions. */
public final class SearchTable {
    /** The columns that hold a field of the header. */
    static final Map<String, String> COLUMNS = Map.of(
            "from", "sender",
            "to", "recipients",
            "cc", "copies",
            "bcc", "blind_copies",
            "subject", "subject",
            "message-id", "mime_id",
            "in-reply-to", "replied",
            "references", "thread_ids");

    /** The values of {@code text_state}; {@link SqlCondition.Needs} knows the second. */
    private static final int PENDING = 0;

    private static final int COMPLETE = 1;
    private static final int TOO_LONG = 2;

    private SearchTable() {}

    /** Stores what can be searched in a header, once a message. */
    public static void insert(Connection connection, UUID message, byte[] header) throws SQLException {
        MessageHeaders headers = MessageHeaders.of(header);
        List<Map.Entry<String, String>> columns = List.copyOf(COLUMNS.entrySet());
        String names =
                String.join(", ", columns.stream().map(Map.Entry::getValue).toList());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO message_search (message_id, sent_day,"
                + " text_state, " + names + ") VALUES (?, ?, ?" + ", ?".repeat(columns.size())
                + ") ON CONFLICT DO NOTHING")) {
            insert.setObject(1, message);
            Optional<LocalDate> sent = headers.sentDay();
            if (sent.isPresent()) {
                insert.setDate(2, Date.valueOf(sent.get()));
            } else {
                insert.setNull(2, Types.DATE);
            }
            insert.setInt(3, PENDING);
            for (int i = 0; i < columns.size(); i++) {
                insert.setString(4 + i, headers.folded(columns.get(i).getKey()));
            }
            insert.executeUpdate();
        }
    }

    static void setText(Connection connection, UUID message, CollectedText text) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE message_search SET text_state = ?, fields = ?, bodies = ? WHERE message_id = ?")) {
            update.setInt(1, text.isComplete() ? COMPLETE : TOO_LONG);
            update.setString(2, text.isComplete() ? text.fields() : null);
            update.setString(3, text.isComplete() ? text.bodies() : null);
            update.setObject(4, message);
            update.executeUpdate();
        }
    }

    /** Some messages whose text is not there yet. */
    static List<UUID> pending(Connection connection, int limit) throws SQLException {
        return ids(
                connection,
                "SELECT message_id FROM message_search WHERE text_state = " + PENDING
                        + " ORDER BY text_state, message_id LIMIT " + limit);
    }

    /** Some messages that are older than the table. */
    static List<UUID> unknown(Connection connection, int limit) throws SQLException {
        return ids(
                connection,
                "SELECT id FROM message m WHERE NOT EXISTS (SELECT 1 FROM message_search s WHERE s.message_id = m.id)"
                        + " LIMIT " + limit);
    }

    private static List<UUID> ids(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet rows = select.executeQuery()) {
            List<UUID> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids;
        }
    }
}
