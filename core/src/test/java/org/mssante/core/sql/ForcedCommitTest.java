package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2's own writer saves in the background. It counts a commit as saved that is still on its way to the file, so that {@code
 * CHECKPOINT SYNC} finds nothing to write, forces the file as it is, and returns.
 */
class ForcedCommitTest {
    private static final int COMMITS = 400;
    private static final String EARLY = ";WRITE_DELAY=1;RETENTION_TIME=50";

    @TempDir
    Path folder;

    @Test
    void whatWasForcedIsInTheFileThoughH2sOwnWriterWasAtItAtTheSameTime() throws Exception {
        LossyDisk.register();
        String url = EmbeddedUrl.ordered("jdbc:h2:whole:lossy:" + folder.resolve("a")) + EARLY;
        Random random = new Random(1);
        try (Transactions transactions = new Transactions(() -> connection(url), Durability.of(url, "sa", "", true))) {
            transactions.durably(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("CREATE TABLE line (number INT PRIMARY KEY, content BYTEA)");
                }
            });
            for (int commit = 1; commit <= COMMITS; commit++) {
                int number = commit;
                byte[] content = new byte[1 + random.nextInt(20_000)];
                random.nextBytes(content);
                transactions.durably(connection -> insert(connection, number, content));
                assertThat(afterPowerLoss()).as("commits on the disk").isEqualTo(number);
            }
        }
    }

    private int afterPowerLoss() throws Exception {
        Path survivor = folder.resolve("survivor.mv.db");
        LossyDisk.losePower(folder.resolve("a.mv.db"), survivor);
        try (Connection connection = connection("jdbc:h2:file:" + folder.resolve("survivor"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM line")) {
            row.next();
            return row.getInt(1);
        } finally {
            Files.delete(survivor);
        }
    }

    private static int insert(Connection connection, int number, byte[] content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO line VALUES (?, ?)")) {
            insert.setInt(1, number);
            insert.setBytes(2, content);
            return insert.executeUpdate();
        }
    }

    private static Connection connection(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url, "sa", "");
        connection.setAutoCommit(false);
        return connection;
    }
}
