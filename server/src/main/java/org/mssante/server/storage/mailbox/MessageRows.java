package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.mssante.server.storage.sql.Times;

/** Reads messages as mailboxes hold them: {@code mailbox_message} with its {@code message}. */
final class MessageRows {
    private static final String COLUMNS = "mailbox_id, uid, modseq, message_id, save_date, " + MessageFlags.COLUMNS
            + ", thread_id, internal_date, octets, body_start, text_lines, properties, body_id";
    private static final String TABLES = " FROM mailbox_message mm JOIN message m ON m.id = mm.message_id WHERE ";

    private final MessageBytes bytes;

    MessageRows(MessageBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * @param reader whose \Seen the messages have
     * @param condition on {@code mailbox_message mm} and {@code message m}, and what follows it
     */
    List<StoredMessage> find(Connection connection, Reader reader, FetchType type, String condition, Bindings bindings)
            throws SQLException {
        boolean withPrefix = type == FetchType.HEADERS || type == FetchType.FULL;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + (withPrefix ? ", prefix" : "") + TABLES + condition)) {
            bindings.set(select);
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Row.of(rows, withPrefix));
                }
            }
            List<StoredMessage> messages = messages(found, attachments(connection, type, found));
            PersonalSeen.apply(connection, reader, messages);
            return messages;
        }
    }

    private static Map<UUID, List<MessageAttachmentMetadata>> attachments(
            Connection connection, FetchType type, List<Row> rows) throws SQLException {
        boolean wanted = type == FetchType.FULL || type == FetchType.ATTACHMENTS_METADATA;
        return wanted && !rows.isEmpty()
                ? AttachmentTable.ofMessages(
                        connection, rows.stream().map(Row::messageId).distinct().toList())
                : Map.of();
    }

    private List<StoredMessage> messages(List<Row> rows, Map<UUID, List<MessageAttachmentMetadata>> attachments) {
        return rows.stream()
                .map(row -> row.message(attachments.getOrDefault(row.messageId(), List.of()), bytes))
                .toList();
    }

    private record Row(StoredMessage.Envelope envelope, Place place) {
        private record Place(UUID mailbox, long uid, long modSeq, Flags flags, Optional<Instant> saveDate) {}

        static Row of(ResultSet row, boolean withPrefix) throws SQLException {
            long textLines = row.getLong("text_lines");
            Optional<Long> lines = row.wasNull() ? Optional.empty() : Optional.of(textLines);
            StoredMessage.Envelope envelope = new StoredMessage.Envelope(
                    row.getObject("message_id", UUID.class),
                    row.getObject("thread_id", UUID.class),
                    Times.instant(row, "internal_date"),
                    row.getLong("octets"),
                    row.getInt("body_start"),
                    lines,
                    row.getString("properties"),
                    withPrefix ? Optional.of(row.getBytes("prefix")) : Optional.empty(),
                    row.getLong("body_id"),
                    List.of());
            Place place = new Place(
                    row.getObject("mailbox_id", UUID.class),
                    row.getLong("uid"),
                    row.getLong("modseq"),
                    MessageFlags.read(row),
                    Times.optionalInstant(row, "save_date"));
            return new Row(envelope, place);
        }

        UUID messageId() {
            return envelope.messageId();
        }

        StoredMessage message(List<MessageAttachmentMetadata> attachments, MessageBytes bytes) {
            return new StoredMessage(
                    envelope.with(attachments),
                    new JdbcMailboxId(place.mailbox()),
                    MessageUid.of(place.uid()),
                    ModSeq.of(place.modSeq()),
                    place.flags(),
                    place.saveDate(),
                    bytes);
        }
    }
}
