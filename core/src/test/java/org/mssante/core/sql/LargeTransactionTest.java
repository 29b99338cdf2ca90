package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction that writes more than may stay in memory is written bit by bit between its statements, with nobody else inside,
 * so that H2, which would from twice as much on, never has to write in the midst of one: see {@link EmbeddedForce}.
 */
@Timeout(120)
class LargeTransactionTest {
    private static final int BLOCK = 256 << 10;

    @TempDir
    Path folder;

    private Connection open;
    private MVStore store;
    private Transactions transactions;
    private long enough;
    private long mostUnwritten;

    @BeforeEach
    void open() throws SQLException {
        String url = EmbeddedUrl.ordered("jdbc:h2:file:" + folder.resolve("a"));
        open = DriverManager.getConnection(url, "sa", "");
        SessionLocal session = (SessionLocal) open.unwrap(JdbcConnection.class).getSession();
        store = session.getDatabase().getStore().getMvStore();
        enough = store.getAutoCommitMemory();
        transactions = new Transactions(() -> uncommitted(url), Durability.of(url, "sa", "", true));
        transactions.durably(
                connection -> execute(connection, "CREATE TABLE much (id INT PRIMARY KEY, data BYTEA, object BLOB)"));
    }

    @AfterEach
    void close() throws SQLException {
        transactions.close();
        open.close();
    }

    @Test
    void pausesBetweenItsStatements() throws SQLException {
        int rows = transactions.durably(this::insertRows);
        assertThat(mostUnwritten).isLessThan(enough * 3 / 2);
        assertThat(transactions.<Integer>read(LargeTransactionTest::count)).isEqualTo(rows);
        transactions.durably(this::deleteRows);
        assertThat(mostUnwritten).isLessThan(enough * 3 / 2);
        assertThat(transactions.<Integer>read(LargeTransactionTest::count)).isZero();
    }

    @Test
    void pausesAsWellOnTheConnectionThatOneOfItsStatementsNames() throws SQLException {
        transactions.durably(connection -> {
            try (PreparedStatement any = connection.prepareStatement("SELECT 1")) {
                return insertRows(any.getConnection());
            }
        });
        assertThat(mostUnwritten).isLessThan(enough * 3 / 2);
    }

    @Test
    void pausesBetweenThePiecesOfALargeObject() throws SQLException {
        transactions.durably(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO much VALUES (1, NULL, ?)")) {
                insert.setBinaryStream(1, new Zeros(4 * enough));
                return insert.executeUpdate();
            }
        });
        assertThat(mostUnwritten).isLessThan(enough * 3 / 2);
        assertThat(transactions.<Integer>read(LargeTransactionTest::count)).isEqualTo(1);
    }

    private int insertRows(Connection connection) throws SQLException {
        int rows = 0;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO much VALUES (?, ?, NULL)")) {
            for (long octets = 0; octets < 4 * enough; octets += BLOCK) {
                insert.setInt(1, rows);
                insert.setBytes(2, new byte[BLOCK]);
                rows += insert.executeUpdate();
                look();
            }
        }
        return rows;
    }

    private int deleteRows(Connection connection) throws SQLException {
        int rows = 0;
        while (execute(connection, "DELETE FROM much WHERE id = " + rows) > 0) {
            rows++;
            look();
        }
        return rows;
    }

    private void look() {
        mostUnwritten = Math.max(mostUnwritten, store.getUnsavedMemory());
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM much")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static Connection uncommitted(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url, "sa", "");
        connection.setAutoCommit(false);
        return connection;
    }

    /** So many octets, and a look at what is unwritten whenever some of them are asked for. */
    private final class Zeros extends FilterInputStream {
        private long left;

        Zeros(long left) {
            super(InputStream.nullInputStream());
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            look();
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            look();
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
