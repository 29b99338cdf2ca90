package org.mssante.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.sql.LossyDisk;
import org.mssante.server.storage.TestDatabase;

/** What H2 answers is still there after a power loss, whatever the disk had not yet written. */
class PowerLossTest {
    private static final int WRITERS = 6;
    private static final int OUTAGES = 8;
    private static final int COMMITS_BETWEEN = 12;

    @TempDir
    Path folder;

    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.powerloss.seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);

    @Test
    void keepsEveryCommitThatWasAnswered() throws Exception {
        LossyDisk.register();
        Path file = folder.resolve("mail.mv.db");
        List<Outage> outages;
        try (Database database = TestDatabase.open("jdbc:h2:whole:lossy:" + folder.resolve("mail"))) {
            outages = loseAgainAndAgain(database, file);
        }
        for (Outage outage : outages) {
            assertThat(bodies(outage.survivor()))
                    .as("seed " + seed + ", " + outage.survivor())
                    .containsAllEntriesOf(outage.answered());
        }
    }

    /** @param answered hash of the content of every row whose commit was answered before the power went */
    private record Outage(Path survivor, Map<Long, Integer> answered) {}

    private List<Outage> loseAgainAndAgain(Database database, Path file) throws Exception {
        Map<Long, Integer> answered = new ConcurrentHashMap<>();
        AtomicLong ids = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random own = new Random(random.nextLong());
            Thread writer = new Thread(() -> write(database, ids, answered, stop, own));
            writers.add(writer);
            writer.start();
        }
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < OUTAGES; i++) {
            int enough = answered.size() + COMMITS_BETWEEN;
            await().until(() -> answered.size() >= enough);
            Map<Long, Integer> before = Map.copyOf(answered);
            Path survivor = folder.resolve("survivor-" + i);
            LossyDisk.losePower(file, survivor.resolveSibling(survivor.getFileName() + ".mv.db"), random);
            outages.add(new Outage(survivor, before));
        }
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        return outages;
    }

    private static void write(
            Database database, AtomicLong ids, Map<Long, Integer> answered, AtomicBoolean stop, Random random) {
        while (!stop.get()) {
            long id = ids.incrementAndGet();
            byte[] content = new byte[1 + random.nextInt(30_000)];
            random.nextBytes(content);
            database.transaction(connection -> {
                insert(connection, id, content);
                return id;
            });
            answered.put(id, Arrays.hashCode(content));
        }
    }

    private static void insert(Connection connection, long id, byte[] content) throws SQLException {
        try (PreparedStatement body = connection.prepareStatement(
                        "INSERT INTO body (id, hash, octets, touched) VALUES (?, ?, 0, CURRENT_TIMESTAMP)");
                PreparedStatement chunk =
                        connection.prepareStatement("INSERT INTO body_chunk (body_id, seq, data) VALUES (?, 0, ?)")) {
            body.setLong(1, id);
            body.setBytes(2, new byte[] {1});
            body.executeUpdate();
            chunk.setLong(1, id);
            chunk.setBytes(2, content);
            chunk.executeUpdate();
        }
    }

    private static Map<Long, Integer> bodies(Path survivor) {
        try (Database database = TestDatabase.open("jdbc:h2:file:" + survivor)) {
            return database.read(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT body_id, data FROM body_chunk")) {
                    Map<Long, Integer> found = new HashMap<>();
                    while (rows.next()) {
                        found.put(rows.getLong(1), Arrays.hashCode(rows.getBytes(2)));
                    }
                    return found;
                }
            });
        }
    }
}
