package org.mssante.server.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mssante.server.storage.sql.Database;

/**
 * An empty PostgreSQL database for each test, for what is about PostgreSQL alone. It lies in the one that {@value
 * TestDatabase#URL} names, or in the tests' own server; where PostgreSQL is not installed the tests are skipped.
 */
public final class TestPostgres implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private Database database;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        database = TestDatabase.open(
                PostgresServer.named().orElseGet(PostgresServer::shared).create());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty(database);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database != null) {
            database.close();
        }
    }

    public Database database() {
        return database;
    }

    /** Ends every connection to the database but the asking one, as a restart of it does. */
    public void breakConnections() {
        try (Connection connection = database.openApart();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
