package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.sql.Times;

/** Writes the tables {@code message} and {@code mailbox_message}, in its callers' transactions. */
final class MessageTable {
    private final BodyTable bodies;
    private final Clock clock;

    MessageTable(BodyTable bodies, Clock clock) {
        this.bodies = bodies;
        this.clock = clock;
    }

    /** A place in a mailbox. */
    record Place(UUID mailbox, MessageUid uid, ModSeq modSeq, Flags flags, Instant saveDate) {}

    /** Stores what the message is, unless it is there: then only says that it is still needed. */
    void store(Connection connection, MailboxMessage message, SpooledContent content) throws SQLException {
        if (!touch(connection, JdbcMessageId.uuid(message.getMessageId()))) {
            insert(connection, message, content, bodies.store(connection, content));
        }
    }

    /** Says that the message is still needed; false where it is not there. The sweeper waits for this row's lock. */
    boolean touch(Connection connection, UUID messageId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE message SET touched = ? WHERE id = ?")) {
            Times.set(update, 1, clock.instant());
            update.setObject(2, messageId);
            return update.executeUpdate() == 1;
        }
    }

    private void insert(Connection connection, MailboxMessage message, SpooledContent content, long bodyId)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO message (id, thread_id, internal_date, octets, body_start, text_lines, properties, prefix,
                body_id, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setObject(1, JdbcMessageId.uuid(message.getMessageId()));
            insert.setObject(2, JdbcMessageId.uuid(message.getThreadId().getBaseMessageId()));
            Times.set(insert, 3, message.getInternalDate().toInstant());
            insert.setLong(4, content.octets());
            insert.setLong(5, message.getHeaderOctets());
            insert.setObject(6, message.getTextualLineCount(), Types.BIGINT);
            insert.setString(7, MessageProperties.write(message.getProperties()));
            insert.setBytes(8, content.prefix());
            insert.setLong(9, bodyId);
            Times.set(insert, 10, clock.instant());
            insert.executeUpdate();
        }
    }

    /** Puts a stored message into a mailbox. */
    void place(Connection connection, UUID messageId, Place place) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO mailbox_message (mailbox_id, uid, modseq," + " message_id, save_date, "
                        + MessageFlags.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, place.mailbox());
            insert.setLong(2, place.uid().asLong());
            insert.setLong(3, place.modSeq().asLong());
            insert.setObject(4, messageId);
            Times.set(insert, 5, place.saveDate());
            MessageFlags.set(insert, 6, place.flags());
            insert.executeUpdate();
        }
        remember(connection, place.mailbox(), place.flags());
    }

    void setFlags(Connection connection, UUID mailbox, MessageUid uid, ModSeq modSeq, Flags flags) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE mailbox_message SET modseq = ?, "
                + MessageFlags.ASSIGNMENTS + " WHERE mailbox_id = ? AND uid = ?")) {
            update.setLong(1, modSeq.asLong());
            MessageFlags.set(update, 2, flags);
            update.setObject(2 + MessageFlags.COUNT, mailbox);
            update.setLong(3 + MessageFlags.COUNT, uid.asLong());
            update.executeUpdate();
        }
        remember(connection, mailbox, flags);
    }

    /**
     * Takes a message out of a mailbox; what it is stays until the sweeper finds that nobody refers to it.
     *
     * @return false where it was not there
     */
    boolean remove(Connection connection, UUID mailbox, MessageUid uid) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM mailbox_message WHERE mailbox_id = ? AND uid = ?")) {
            delete.setObject(1, mailbox);
            delete.setLong(2, uid.asLong());
            return delete.executeUpdate() == 1;
        }
    }

    /** The mailbox's row is locked, so nobody inserts the same flag at the same time. */
    private static void remember(Connection connection, UUID mailbox, Flags flags) throws SQLException {
        String[] userFlags = flags.getUserFlags();
        if (userFlags.length == 0) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO mailbox_user_flag (mailbox_id, flag) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (String flag : userFlags) {
                insert.setObject(1, mailbox);
                insert.setString(2, flag);
                insert.executeUpdate();
            }
        }
    }
}
