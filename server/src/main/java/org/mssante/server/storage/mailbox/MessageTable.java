package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.search.SearchTable;
import org.mssante.server.storage.sql.Times;

/** Writes the tables {@code message} and {@code mailbox_message}, in its callers' transactions. */
final class MessageTable {
    private static final int BATCH = 1_000;

    private final BodyTable bodies;
    private final Clock clock;

    MessageTable(BodyTable bodies, Clock clock) {
        this.bodies = bodies;
        this.clock = clock;
    }

    /** A place in a mailbox. */
    record Place(UUID mailbox, MessageUid uid, ModSeq modSeq, Flags flags, Instant saveDate) {}

    /** Stores a large body before the transaction that refers to it. */
    void storeAhead(SpooledContent content) {
        bodies.storeAhead(content);
    }

    /** Stores what the message is, unless it is there: then only says that it is still needed. */
    void storeUnlessStored(Connection connection, MessageFacts message, SpooledContent content) throws SQLException {
        if (!touch(connection, JdbcMessageId.uuid(message.id()))) {
            store(connection, message, content);
        }
    }

    /** Stores what a new message is. */
    void store(Connection connection, MessageFacts message, SpooledContent content) throws SQLException {
        insert(connection, message, content, bodies.store(connection, content));
    }

    /** Says that the message is still needed; false where it is not there. The sweeper waits for this row's lock. */
    boolean touch(Connection connection, UUID messageId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE message SET touched = ? WHERE id = ?")) {
            Times.set(update, 1, clock.instant());
            update.setObject(2, messageId);
            return update.executeUpdate() == 1;
        }
    }

    private void insert(Connection connection, MessageFacts message, SpooledContent content, long bodyId)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO message (id, thread_id, internal_date, octets, body_start, text_lines, properties, prefix,
                body_id, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setObject(1, JdbcMessageId.uuid(message.id()));
            insert.setObject(2, JdbcMessageId.uuid(message.thread().getBaseMessageId()));
            Times.set(insert, 3, message.internalDate());
            insert.setLong(4, content.octets());
            insert.setLong(5, message.bodyStart());
            insert.setObject(6, message.textLines().orElse(null), Types.BIGINT);
            insert.setString(7, MessageProperties.write(message.properties()));
            insert.setBytes(8, content.prefix());
            insert.setLong(9, bodyId);
            Times.set(insert, 10, clock.instant());
            insert.executeUpdate();
        }
        SearchTable.insert(connection, JdbcMessageId.uuid(message.id()), content.prefix());
    }

    /** Puts a stored message into a mailbox; where it comes \Seen, it is the reader who has seen it. */
    void place(Connection connection, UUID messageId, Place place, Reader reader) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO mailbox_message (mailbox_id, uid, modseq," + " message_id, save_date, "
                        + MessageFlags.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, place.mailbox());
            insert.setLong(2, place.uid().asLong());
            insert.setLong(3, place.modSeq().asLong());
            insert.setObject(4, messageId);
            Times.set(insert, 5, place.saveDate());
            MessageFlags.set(insert, 6, reader.person().isPresent() ? unseen(place.flags()) : place.flags());
            insert.executeUpdate();
        }
        if (reader.person().isPresent() && place.flags().contains(Flag.SEEN)) {
            PersonalSeen.set(
                    connection, place.mailbox(), place.uid(), reader.person().get(), true);
        }
        remember(connection, place.mailbox(), place.flags());
    }

    /** \Seen is the reader's own, the other flags are everybody's. */
    /** Sets the flags of messages of one mailbox, all under one modification sequence. */
    void setFlags(Connection connection, UUID mailbox, ModSeq modSeq, Map<MessageUid, Flags> changed, Reader reader)
            throws SQLException {
        boolean personal = reader.person().isPresent();
        try (PreparedStatement update = connection.prepareStatement("UPDATE mailbox_message SET modseq = ?, "
                + (personal ? MessageFlags.SHARED_ASSIGNMENTS : MessageFlags.ASSIGNMENTS)
                + " WHERE mailbox_id = ? AND uid = ?")) {
            int waiting = 0;
            for (Map.Entry<MessageUid, Flags> message : changed.entrySet()) {
                update.setLong(1, modSeq.asLong());
                int next = personal
                        ? MessageFlags.setShared(update, 2, message.getValue())
                        : MessageFlags.set(update, 2, message.getValue());
                update.setObject(next, mailbox);
                update.setLong(next + 1, message.getKey().asLong());
                update.addBatch();
                if (++waiting % BATCH == 0) {
                    update.executeBatch();
                }
            }
            update.executeBatch();
        }
        if (personal) {
            for (Map.Entry<MessageUid, Flags> message : changed.entrySet()) {
                boolean seen = message.getValue().contains(Flag.SEEN);
                PersonalSeen.set(
                        connection, mailbox, message.getKey(), reader.person().get(), seen);
            }
        }
        for (Flags flags : Set.copyOf(changed.values())) {
            remember(connection, mailbox, flags);
        }
    }

    boolean holds(Connection connection, UUID mailbox, MessageUid uid) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM mailbox_message WHERE mailbox_id = ? AND uid = ?")) {
            select.setObject(1, mailbox);
            select.setLong(2, uid.asLong());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
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

    private static Flags unseen(Flags flags) {
        return PersonalSeen.with(new Flags(flags), false);
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
