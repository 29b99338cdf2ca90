package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipInputStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever moment is looked at, each transaction is in the file with all it did or not at all. H2 by itself does not hold to
 * that: see {@link EmbeddedForce}.
 */
@Timeout(120)
class WholeTransactionsTest {
    private static final int MOMENTS = 20;
    /** Each takes all of what was written so far. */
    private static final int COPIES = 4;

    private static final int WRITERS = 3;
    /** Between the two that the transactions change: the longer H2 takes for all tables, the more commits meanwhile. */
    private static final int OTHER_TABLES = 60;

    @TempDir
    Path folder;

    private interface Moment {
        /** @param file of the database, which becomes the survivor {@code left.mv.db} */
        void catchIt(Durability durability, Path file, Path survivor) throws Exception;
    }

    @Test
    void areWhatAKilledProcessLeaves() throws Exception {
        whileOthersWrite(MOMENTS, (durability, file, survivor) -> LossyDisk.kill(file, survivor));
    }

    @Test
    void areWhatAPowerLossLeaves() throws Exception {
        whileOthersWrite(MOMENTS, (durability, file, survivor) -> LossyDisk.losePower(file, survivor));
    }

    @Test
    void areInACopy() throws Exception {
        whileOthersWrite(COPIES, (durability, file, survivor) -> {
            Path zip = folder.resolve("copy.zip");
            durability.copy(zip, Duration.ofMillis(200));
            unpack(zip, survivor);
            Files.delete(zip);
        });
    }

    private void whileOthersWrite(int moments, Moment moment) throws Exception {
        LossyDisk.register();
        String url = EmbeddedUrl.ordered("jdbc:h2:whole:lossy:" + folder.resolve("a"));
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        AtomicBoolean stop = new AtomicBoolean();
        Durability durability = Durability.of(url, "sa", "", true);
        try (Transactions transactions = new Transactions(() -> pooled(pool), durability)) {
            createTables(transactions);
            AtomicLong ids = new AtomicLong();
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                ends.add(writers.submit(() -> write(transactions, ids, stop)));
            }
            List<String> torn = new ArrayList<>();
            long before = 0;
            for (int i = 0; i < moments; i++) {
                Path survivor = folder.resolve("left.mv.db");
                moment.catchIt(durability, folder.resolve("a.mv.db"), survivor);
                long whole = inspect(survivor, torn);
                assertThat(whole).as("what was there a moment ago").isGreaterThanOrEqualTo(before);
                before = whole;
            }
            stop.set(true);
            for (Future<Long> end : ends) {
                assertThat(end.get()).as("transactions of one writer").isPositive();
            }
            assertThat(torn).isEmpty();
            assertThat(before).isPositive();
        } finally {
            stop.set(true);
            writers.shutdown();
            pool.dispose();
        }
    }

    private static void createTables(Transactions transactions) throws SQLException {
        transactions.durably(connection -> {
            execute(connection, "CREATE TABLE first_table (id BIGINT PRIMARY KEY, data BYTEA)");
            for (int i = 0; i < OTHER_TABLES; i++) {
                execute(connection, "CREATE TABLE other_" + i + " (id BIGINT PRIMARY KEY, name VARCHAR UNIQUE)");
            }
            return execute(connection, "CREATE TABLE last_table (id BIGINT PRIMARY KEY)");
        });
    }

    private static long write(Transactions transactions, AtomicLong ids, AtomicBoolean stop) throws SQLException {
        long count = 0;
        while (!stop.get()) {
            long id = ids.incrementAndGet();
            transactions.lazily(connection -> insert(connection, id));
            count++;
            if (id % 50 == 0) {
                transactions.durably(connection -> insert(connection, ids.incrementAndGet()));
            }
        }
        return count;
    }

    private static int insert(Connection connection, long id) throws SQLException {
        try (PreparedStatement first = connection.prepareStatement("INSERT INTO first_table VALUES (?, ?)");
                PreparedStatement last = connection.prepareStatement("INSERT INTO last_table VALUES (?)")) {
            first.setLong(1, id);
            first.setBytes(2, new byte[200]);
            first.executeUpdate();
            last.setLong(1, id);
            return last.executeUpdate();
        }
    }

    /** Adds what is wrong with a file, which it deletes. @return how many transactions it holds */
    private long inspect(Path file, List<String> torn) throws Exception {
        try (Connection connection = connection("jdbc:h2:file:" + folder.resolve("left"))) {
            long first = count(connection, "SELECT COUNT(*) FROM first_table");
            long last = count(connection, "SELECT COUNT(*) FROM last_table");
            long both = count(connection, "SELECT COUNT(*) FROM first_table NATURAL JOIN last_table");
            if (first != both || last != both) {
                torn.add(first + " and " + last + ", both: " + both);
            }
            return both;
        } finally {
            Files.delete(file);
        }
    }

    private static void unpack(Path zip, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            in.getNextEntry();
            Files.copy(in, to);
        }
    }

    private static Connection connection(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url, "sa", "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static Connection pooled(JdbcConnectionPool pool) throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
