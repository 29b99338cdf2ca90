package org.mssante.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.storage.TestDatabase;

class DatabaseTest {
    @TempDir
    Path folder;

    /** Reactor interrupts the threads of requests it cancels, and H2's default file channel closes when that happens. */
    @Test
    void outlivesThreadsThatAreInterruptedWhileTheyWrite() throws Exception {
        try (Database database = TestDatabase.open("jdbc:h2:file:" + folder.resolve("mail"))) {
            for (int i = 0; i < 20; i++) {
                String name = "queue-" + i;
                Thread writer = new Thread(() -> insertQueues(database, name));
                writer.start();
                await().until(() -> count(database, name + "-0") == 1);
                writer.interrupt();
                writer.join();
            }
            insert(database, "afterwards");
            assertThat(count(database, "afterwards")).isEqualTo(1);
        }
    }

    /** H2 commits each statement by itself: a start that is killed in a script leaves some of it. */
    @Test
    void everyStatementOfTheSchemaMayBeRunAgain() {
        String url = "jdbc:h2:file:" + folder.resolve("mail");
        try (Database database = TestDatabase.open(url)) {
            insert(database, "kept");
            database.transaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM \"flyway_schema_history\"");
                }
            });
        }
        try (Database database = TestDatabase.open(url)) {
            assertThat(count(database, "kept")).isEqualTo(1);
        }
    }

    @Test
    void rollsBackATransactionThatFails() {
        try (Database database = TestDatabase.open("jdbc:h2:mem:rollback")) {
            assertThatThrownBy(() -> database.transaction(connection -> {
                        insert(connection, "half done");
                        throw new IllegalStateException("stop");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(count(database, "half done")).isZero();
        }
    }

    @Test
    void saysWhatToDoWhereTheDatabaseDoesNotAnswer() {
        assertThatThrownBy(() -> Database.open(new Database.Settings(
                        "jdbc:postgresql://127.0.0.1:1/mail",
                        "mssante",
                        "",
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        true)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("storage.url");
    }

    private static void insertQueues(Database database, String name) {
        for (int i = 0; i < 1000 && !Thread.currentThread().isInterrupted(); i++) {
            try {
                insert(database, name + "-" + i);
            } catch (StorageException e) {
                // the interrupted request itself may fail: what matters is the next one
                return;
            }
        }
    }

    private static void insert(Database database, String name) {
        database.transaction(connection -> {
            insert(connection, name);
            return name;
        });
    }

    private static void insert(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO mail_queue (name) VALUES (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    private static long count(Database database, String name) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT COUNT(*) FROM mail_queue WHERE name = '" + name + "'")) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
