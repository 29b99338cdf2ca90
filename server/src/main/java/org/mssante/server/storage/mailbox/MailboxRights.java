package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;

/** The table {@code mailbox_right}: a mailbox's access control list (RFC 4314), one row an entry. */
final class MailboxRights {
    private MailboxRights() {}

    /** The lists of all mailboxes a condition on {@code mailbox m} selects; a mailbox without one is absent. */
    static Map<UUID, MailboxACL> find(Connection connection, String condition, Bindings bindings) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT r.mailbox_id, r.entry, r.rights"
                + " FROM mailbox_right r JOIN mailbox m ON m.id = r.mailbox_id WHERE " + condition)) {
            bindings.set(select);
            Map<UUID, Map<EntryKey, Rfc4314Rights>> entries = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.computeIfAbsent(rows.getObject(1, UUID.class), id -> new HashMap<>())
                            .put(EntryKey.deserialize(rows.getString(2)), rights(rows.getString(3)));
                }
            }
            Map<UUID, MailboxACL> lists = new HashMap<>();
            entries.forEach((id, list) -> lists.put(id, new MailboxACL(list)));
            return lists;
        }
    }

    static MailboxACL of(Connection connection, UUID mailbox) throws SQLException {
        return find(connection, "m.id = ?", select -> select.setObject(1, mailbox))
                .getOrDefault(mailbox, MailboxACL.EMPTY);
    }

    static void replace(Connection connection, UUID mailbox, MailboxACL acl) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM mailbox_right WHERE mailbox_id = ?")) {
            delete.setObject(1, mailbox);
            delete.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO mailbox_right (mailbox_id, entry, rights) VALUES (?, ?, ?)")) {
            for (Map.Entry<EntryKey, Rfc4314Rights> entry : acl.getEntries().entrySet()) {
                insert.setObject(1, mailbox);
                insert.setString(2, entry.getKey().serialize());
                insert.setString(3, entry.getValue().serialize());
                insert.executeUpdate();
            }
        }
    }

    private static Rfc4314Rights rights(String serialized) {
        try {
            return Rfc4314Rights.fromSerializedRfc4314Rights(serialized);
        } catch (UnsupportedRightException e) {
            throw new IllegalStateException("rights are not what they were written as", e);
        }
    }
}
