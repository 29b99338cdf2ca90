package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power loss leaves, on a disk that keeps nothing but what was forced. */
class TransactionsTest {
    @TempDir
    Path folder;

    @Test
    void whatWasDurablyCommittedIsThereAfterAPowerLossWithAllThatCameBefore() throws Exception {
        LossyDisk.register();
        String url = EmbeddedUrl.ordered("jdbc:h2:whole:lossy:" + folder.resolve("a"));
        try (Transactions transactions = new Transactions(() -> connection(url), Durability.of(url, "sa", "", true))) {
            transactions.durably(connection -> execute(connection, "CREATE TABLE line (number INT)"));
            transactions.lazily(connection -> execute(connection, "INSERT INTO line VALUES (1)"));
            assertThat(linesAfterPowerLoss("first")).as("nobody waited for it").isZero();

            transactions.durably(connection -> execute(connection, "INSERT INTO line VALUES (2)"));
            assertThat(linesAfterPowerLoss("second")).isEqualTo(2);

            transactions.durably(connection -> execute(connection, "INSERT INTO line VALUES (3)"), any -> false);
            assertThat(linesAfterPowerLoss("third")).isEqualTo(2);
        }
    }

    @Test
    void whatFailsIsRolledBackAndItsConnectionGivenBack() throws Exception {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
        try (Transactions transactions = new Transactions(() -> connection(url), Durability.of(url, "sa", "", true))) {
            transactions.durably(connection -> execute(connection, "CREATE TABLE line (number INT)"));
            assertThatThrownBy(() -> transactions.durably(connection -> {
                        execute(connection, "INSERT INTO line VALUES (1)");
                        throw new SQLException("no");
                    }))
                    .hasMessage("no");

            int lines = transactions.lazily(TransactionsTest::count);
            assertThat(lines).isZero();
        }
    }

    @Test
    void onlyDatabasesInAFileAreForcedByUs() {
        assertThat(EmbeddedUrl.isFile("jdbc:h2:file:/a")).isTrue();
        assertThat(EmbeddedUrl.isFile("jdbc:h2:mem:a")).isFalse();
        assertThat(EmbeddedUrl.isFile("jdbc:postgresql://localhost/a")).isFalse();
        assertThat(EmbeddedUrl.ordered("jdbc:h2:file:/a;B=C")).isEqualTo("jdbc:h2:whole:async:/a;B=C");
        assertThat(EmbeddedUrl.ordered("jdbc:postgresql://localhost/a")).isEqualTo("jdbc:postgresql://localhost/a");
    }

    private int linesAfterPowerLoss(String name) throws Exception {
        Path survivor = folder.resolve(name);
        LossyDisk.losePower(folder.resolve("a.mv.db"), folder.resolve(name + ".mv.db"));
        try (Connection connection = connection("jdbc:h2:file:" + survivor)) {
            return count(connection);
        }
    }

    private static Connection connection(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url, "sa", "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM line")) {
            row.next();
            return row.getInt(1);
        }
    }
}
