package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name of an instance, as an advisory lock of PostgreSQL on a connection of its own: the server gives it free when the process ends,
 * however it ends. Where the server itself starts again the name is free though its instance lives.
 */
final class HeldName implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(HeldName.class);
    private static final String KEY = "mssante bridge ";

    private final Connection connection;

    private HeldName(Connection connection) {
        this.connection = connection;
    }

    /** @throws StartupFailure where another instance has it, or the database does not say */
    static HeldName take(String url, String user, String password, String name) {
        try {
            Connection connection = DriverManager.getConnection(url, user, password);
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
                query.setString(1, KEY + name);
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return new HeldName(connection);
                    }
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            connection.close();
        } catch (SQLException e) {
            throw new StartupFailure(
                    "The bridge's database does not say whether the name of this instance is free (" + e.getMessage()
                            + "): start again.",
                    e);
        }
        throw new StartupFailure("Another bridge named " + name
                + " works on this database: give each instance a work.name of its own, or stop the other one.");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server has let go of it, or will
            LOGGER.debug("the connection that held the instance's name is gone: {}", e.getMessage());
        }
    }
}
