package org.mssante.server.storage;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.Database;

/**
 * An empty database for each test: H2 in memory; the PostgreSQL database that the system property {@value #URL} names; a
 * new one in the tests' own PostgreSQL where the configuration parameter {@value #ON_POSTGRESQL} of the run says so.
 */
public final class TestDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String URL = "mssante.storage.test.url";
    static final String ON_POSTGRESQL = "mssante.storage.test.postgresql";

    private static final Duration GRACE = Duration.ofHours(1);
    private static final List<String> TABLES = List.of(
            "queue_item",
            "mail_queue",
            "repository_mail",
            "mailbox_message",
            "message",
            "attachment",
            "body_chunk",
            "body",
            "mailbox",
            "subscription",
            "quota_usage",
            "quota_limit",
            "delegation",
            "dead_letter",
            "event_log");

    private Database database;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        boolean onPostgreSql = context.getConfigurationParameter(ON_POSTGRESQL, Boolean::valueOf)
                .orElse(false);
        database = open(onPostgreSql ? PostgresServer.shared().create() : named());
    }

    private static String named() {
        String url = System.getProperty(URL, "");
        return url.isEmpty() ? "jdbc:h2:mem:" + UUID.randomUUID() : url;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        empty(database);
    }

    static void empty(Database database) {
        database.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate("DELETE FROM " + table);
                }
                return TABLES;
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database != null) {
            database.close();
        }
    }

    public static Database open(String url) {
        Database.Settings settings = StorageConfiguration.defaults(url).database();
        return Database.open(new Database.Settings(
                settings.url(),
                System.getProperty("mssante.storage.test.user", settings.user()),
                System.getProperty("mssante.storage.test.password", settings.password()),
                settings.poolSize(),
                settings.connections(),
                settings.statements(),
                settings.sync()));
    }

    public Database database() {
        return database;
    }

    public BodyTable bodies() {
        return new BodyTable(database, Clock.systemUTC(), GRACE);
    }

    public StoredMails mails() {
        return new StoredMails(bodies());
    }
}
