package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.mailbox.model.AttachmentId;
import org.apache.james.mailbox.model.AttachmentMetadata;
import org.apache.james.mailbox.model.Cid;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;

/** The table {@code attachment}: the parts of a message that James took out of it, with their bytes in {@code body}. */
final class AttachmentTable {
    private static final String COLUMNS = "id, message_id, media_type, octets, name, content_id, inlined, body_id";

    private AttachmentTable() {}

    /** An attachment and where its bytes lie. */
    record Stored(MessageAttachmentMetadata metadata, long bodyId) {}

    static void insert(Connection connection, int seq, Stored stored) throws SQLException {
        MessageAttachmentMetadata metadata = stored.metadata();
        AttachmentMetadata attachment = metadata.getAttachment();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO attachment (" + COLUMNS + ", seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, attachment.getAttachmentId().getId());
            insert.setObject(2, JdbcMessageId.uuid(attachment.getMessageId()));
            insert.setString(3, attachment.getType().asString());
            insert.setLong(4, attachment.getSize());
            insert.setString(5, metadata.getName().orElse(null));
            insert.setString(6, metadata.getCid().map(Cid::getValue).orElse(null));
            insert.setBoolean(7, metadata.isInline());
            insert.setLong(8, stored.bodyId());
            insert.setInt(9, seq);
            insert.executeUpdate();
        }
    }

    static List<Stored> find(Connection connection, List<AttachmentId> ids) throws SQLException {
        Object[] keys = ids.stream().map(AttachmentId::getId).toArray();
        return select(connection, "id = ANY(?)", "VARCHAR", keys);
    }

    static Map<UUID, List<MessageAttachmentMetadata>> ofMessages(Connection connection, List<UUID> messages)
            throws SQLException {
        Map<UUID, List<MessageAttachmentMetadata>> found = new HashMap<>();
        for (Stored stored : select(connection, "message_id = ANY(?)", "UUID", messages.toArray())) {
            UUID message = JdbcMessageId.uuid(stored.metadata().getAttachment().getMessageId());
            found.computeIfAbsent(message, id -> new ArrayList<>()).add(stored.metadata());
        }
        return found;
    }

    private static List<Stored> select(Connection connection, String condition, String type, Object[] keys)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM attachment WHERE " + condition + " ORDER BY message_id, seq")) {
            select.setArray(1, connection.createArrayOf(type, keys));
            List<Stored> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(stored(rows));
                }
            }
            return found;
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        AttachmentMetadata attachment = AttachmentMetadata.builder()
                .attachmentId(AttachmentId.from(row.getString("id")))
                .messageId(new JdbcMessageId(row.getObject("message_id", UUID.class)))
                .type(row.getString("media_type"))
                .size(row.getLong("octets"))
                .build();
        MessageAttachmentMetadata metadata = MessageAttachmentMetadata.builder()
                .attachment(attachment)
                .name(Optional.ofNullable(row.getString("name")))
                .cid(Optional.ofNullable(row.getString("content_id")).map(Cid::from))
                .isInline(row.getBoolean("inlined"))
                .build();
        return new Stored(metadata, row.getLong("body_id"));
    }
}
