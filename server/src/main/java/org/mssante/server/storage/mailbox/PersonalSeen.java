package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;

/**
 * The table {@code message_seen}: which persons have seen which messages of mailboxes they share. Its rows leave with the
 * messages. The statements run in their callers' transactions.
 */
final class PersonalSeen {
    /** Selects those of {@code mailbox_message mm} that a person, the next parameter, has not seen. */
    static final String NOT_SEEN = "NOT EXISTS (SELECT 1 FROM message_seen s"
            + " WHERE s.mailbox_id = mm.mailbox_id AND s.uid = mm.uid AND s.person = ?)";

    private PersonalSeen() {}

    /** Gives each message the \Seen of the reader. */
    static void apply(Connection connection, Reader reader, List<StoredMessage> messages) throws SQLException {
        if (reader.person().isEmpty() || messages.isEmpty()) {
            return;
        }
        Map<UUID, List<StoredMessage>> byMailbox =
                messages.stream().collect(Collectors.groupingBy(message -> JdbcMailboxId.uuid(message.getMailboxId())));
        Map<UUID, Set<Long>> seen = new HashMap<>();
        for (Map.Entry<UUID, List<StoredMessage>> some : byMailbox.entrySet()) {
            seen.put(
                    some.getKey(),
                    seen(connection, some.getKey(), reader.person().get(), some.getValue()));
        }
        for (StoredMessage message : messages) {
            boolean has = seen.get(JdbcMailboxId.uuid(message.getMailboxId()))
                    .contains(message.getUid().asLong());
            message.setFlags(with(message.createFlags(), has));
        }
    }

    private static Set<Long> seen(Connection connection, UUID mailbox, String person, List<StoredMessage> messages)
            throws SQLException {
        Object[] uids =
                messages.stream().map(message -> message.getUid().asLong()).toArray();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT uid FROM message_seen WHERE mailbox_id = ? AND person = ? AND uid = ANY(?)")) {
            select.setObject(1, mailbox);
            select.setString(2, person);
            select.setArray(3, connection.createArrayOf("BIGINT", uids));
            Set<Long> seen = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    seen.add(rows.getLong(1));
                }
            }
            return seen;
        }
    }

    static void set(Connection connection, UUID mailbox, MessageUid uid, String person, boolean seen)
            throws SQLException {
        String statement = seen
                ? "INSERT INTO message_seen (mailbox_id, uid, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                : "DELETE FROM message_seen WHERE mailbox_id = ? AND uid = ? AND person = ?";
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setObject(1, mailbox);
            change.setLong(2, uid.asLong());
            change.setString(3, person);
            change.executeUpdate();
        }
    }

    /** Who has seen a message has seen its copy. */
    static void copy(Connection connection, UUID from, MessageUid uid, UUID to, MessageUid copy) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO message_seen (mailbox_id, uid, person)"
                + " SELECT CAST(? AS UUID), CAST(? AS BIGINT), person FROM message_seen WHERE mailbox_id = ? AND uid = ?"
                + " ON CONFLICT DO NOTHING")) {
            insert.setObject(1, to);
            insert.setLong(2, copy.asLong());
            insert.setObject(3, from);
            insert.setLong(4, uid.asLong());
            insert.executeUpdate();
        }
    }

    /** The flags with \Seen set or not. */
    static Flags with(Flags flags, boolean seen) {
        if (seen) {
            flags.add(Flag.SEEN);
        } else {
            flags.remove(Flag.SEEN);
        }
        return flags;
    }
}
