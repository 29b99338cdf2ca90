package org.mssante.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.server.storage.TestDatabase;

/** A copy of the embedded database while it is written to without a pause. */
@Timeout(120)
class CopyUnderLoadTest {
    private static final int OCTETS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void endsAndHoldsOneMomentOfTheDatabase() throws Exception {
        Path zip = folder.resolve("copy.zip");
        AtomicLong committed = new AtomicLong();
        AtomicLong ids = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        long before;
        long after;
        try (Database database = TestDatabase.open("jdbc:h2:file:" + folder.resolve("mail"))) {
            database.transaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE left_side (id BIGINT PRIMARY KEY, data BINARY VARYING(100000))");
                    return statement.execute("CREATE TABLE right_side (id BIGINT PRIMARY KEY)");
                }
            });
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread writer = new Thread(() -> {
                    while (!stop.get()) {
                        write(database, ids.incrementAndGet(), committed);
                    }
                });
                writer.start();
                writers.add(writer);
            }
            awaitCommits(committed, 20);
            before = committed.get();
            database.copy(zip, Duration.ofMillis(500));
            after = committed.get();
            awaitCommits(committed, after + 20);
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        unpack(zip, folder.resolve("copy.mv.db"));

        try (Database copy = TestDatabase.open("jdbc:h2:file:" + folder.resolve("copy"))) {
            long rows = count(copy, "SELECT COUNT(*) FROM left_side");
            assertThat(rows).isBetween(before, after + 3);
            assertThat(count(copy, "SELECT COUNT(*) FROM right_side")).isEqualTo(rows);
            assertThat(count(copy, "SELECT COUNT(*) FROM left_side NATURAL JOIN right_side"))
                    .isEqualTo(rows);
            assertThat(count(copy, "SELECT COUNT(*) FROM left_side WHERE OCTET_LENGTH(data) = " + OCTETS))
                    .isEqualTo(rows);
        }
    }

    /** One transaction, two tables: no moment has one row without the other. */
    private static void write(Database database, long id, AtomicLong committed) {
        database.transaction(connection -> {
            try (PreparedStatement left = connection.prepareStatement("INSERT INTO left_side VALUES (?, ?)");
                    PreparedStatement right = connection.prepareStatement("INSERT INTO right_side VALUES (?)")) {
                left.setLong(1, id);
                left.setBytes(2, new byte[OCTETS]);
                left.executeUpdate();
                right.setLong(1, id);
                return right.executeUpdate();
            }
        });
        committed.incrementAndGet();
    }

    private static void awaitCommits(AtomicLong committed, long wanted) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> committed.get() >= wanted);
    }

    private static long count(Database database, String query) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static void unpack(Path zip, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            in.getNextEntry();
            Files.copy(in, to);
        }
    }
}
