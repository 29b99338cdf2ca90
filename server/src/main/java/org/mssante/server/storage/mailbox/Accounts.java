package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;
import org.mssante.server.storage.sql.Database;

/** The accounts that have folders in the database, and all that each has in it. Thread-safe. */
public final class Accounts {
    private final Database database;

    public Accounts(Database database) {
        this.database = database;
    }

    /** The accounts behind a name in the order of names, at most {@code count}. */
    public List<Username> behind(String name, int count) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT DISTINCT owner FROM mailbox WHERE owner > ? ORDER BY owner FETCH FIRST ? ROWS ONLY")) {
                select.setString(1, name);
                select.setInt(2, count);
                List<Username> accounts = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        accounts.add(Username.of(rows.getString(1)));
                    }
                }
                return accounts;
            }
        });
    }

    /**
     * Deletes an account's folders, a transaction each, and with them whatever else names it: subscriptions, quota, what it has seen and
     * noted for itself in mailboxes of others, who was told of its absence. Bodies that are left alone go with the next sweep.
     *
     * @return how many messages were in the folders
     */
    public long delete(Username account) {
        long messages = 0;
        for (UUID folder : folders(account)) {
            messages += database.transaction(connection -> {
                long deleted = JdbcMailboxMapper.delete(connection, folder);
                forget(connection, account);
                return deleted;
            });
        }
        return messages;
    }

    private List<UUID> folders(Username account) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT id FROM mailbox WHERE owner = ?")) {
                select.setString(1, account.asString());
                List<UUID> folders = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        folders.add(rows.getObject(1, UUID.class));
                    }
                }
                return folders;
            }
        });
    }

    private static void forget(Connection connection, Username account) throws SQLException {
        String root = MailboxPath.inbox(account).getNamespace() + "&" + account.asString();
        delete(connection, "subscription WHERE owner = ?", account.asString());
        delete(connection, "message_seen WHERE person = ?", account.asString());
        delete(connection, "private_annotation WHERE person = ?", account.asString());
        delete(connection, "absence_answer WHERE mailbox = ?", account.asString());
        delete(connection, "absence_answer WHERE sender = ?", account.asString());
        delete(connection, "quota_usage WHERE root = ?", root);
        delete(connection, "quota_limit WHERE scope = 'user' AND name = ?", root);
    }

    private static void delete(Connection connection, String which, String value) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + which)) {
            delete.setString(1, value);
            delete.executeUpdate();
        }
    }
}
