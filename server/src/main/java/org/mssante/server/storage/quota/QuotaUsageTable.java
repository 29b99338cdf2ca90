package org.mssante.server.storage.quota;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The table {@code quota_usage}. Its statements run in the transaction of whatever adds or removes the messages. */
public final class QuotaUsageTable {
    private static final String SEPARATOR = "&";

    private QuotaUsageTable() {}

    /**
     * The quota root of a mailbox, as James' {@code DefaultUserQuotaRootResolver} writes it.
     *
     * @param owner empty for a mailbox nobody owns
     */
    public static String root(String namespace, String owner) {
        return owner.isEmpty() ? namespace : namespace + SEPARATOR + owner;
    }

    /** Adds to a root, which it creates where it is the first to. Amounts may be negative. */
    public static void add(Connection connection, String root, long messages, long octets) throws SQLException {
        if (update(connection, root, messages, octets) == 0) {
            insert(connection, root);
            update(connection, root, messages, octets);
        }
    }

    /** Sets a root to what was counted. */
    static void set(Connection connection, String root, long messages, long octets) throws SQLException {
        insert(connection, root);
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE quota_usage SET messages = ?, octets = ? WHERE root = ?")) {
            update.setLong(1, messages);
            update.setLong(2, octets);
            update.setString(3, root);
            update.executeUpdate();
        }
    }

    private static int update(Connection connection, String root, long messages, long octets) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE quota_usage SET messages = messages + ?, octets = octets + ? WHERE root = ?")) {
            update.setLong(1, messages);
            update.setLong(2, octets);
            update.setString(3, root);
            return update.executeUpdate();
        }
    }

    private static void insert(Connection connection, String root) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO quota_usage (root, messages, octets) VALUES (?, 0, 0) ON CONFLICT DO NOTHING")) {
            insert.setString(1, root);
            insert.executeUpdate();
        }
    }
}
