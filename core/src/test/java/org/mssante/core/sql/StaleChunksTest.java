package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleChunksTest {
    private static final int ROWS = 500;
    private static final int NEWER_CHUNKS = 30;

    /** Of a chunk in the blocks where the tables are. */
    private static final String ENTRY = "chunk:fffff,block:%s,len:%s,pages:d,livePages:%s,max:2e20,liveMax:%s,map:32,"
            + "root:20ac000051fc7,time:1,%sversion:1,toc:2856,occupancy:%s";

    @TempDir
    private Path folder;

    private String url = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = EmbeddedUrl.ordered("jdbc:h2:file:" + folder.resolve("a")) + ";WRITE_DELAY=0";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (number int)");
            statement.execute("insert into kept select x from system_range(1, " + ROWS + ")");
        }
    }

    @Test
    void opensAFileThatListsADeadChunkWhereALivingOneIs() throws SQLException {
        list("0", "0", "unused:2,unusedAtVersion:2,", "ff1f");
        assertThatThrownBy(this::connect).rootCause().hasMessageStartingWith("Double mark");

        try (Connection connection = StaleChunks.open(url, this::connected)) {
            assertThat(rows(connection)).isEqualTo(ROWS);
        }
        try (Connection connection = StaleChunks.open(url, this::connected)) {
            assertThat(rows(connection)).isEqualTo(ROWS);
        }
    }

    @Test
    void leavesAFileAloneInWhichTwoLivingChunksAreInOnePlace() throws IOException {
        list("1", "2e20", "", "ff1e");
        byte[] before = header();

        assertThatThrownBy(() -> StaleChunks.open(url, this::connected))
                .rootCause()
                .hasMessageStartingWith("Double mark");

        assertThat(header()).isEqualTo(before);
    }

    @Test
    void leavesOtherFailuresToTheCaller() {
        assertThatThrownBy(() -> StaleChunks.open(url, () -> {
                    throw new IllegalStateException("another");
                }))
                .hasMessage("another");
    }

    /** Adds a chunk to the list that lies over the last one. */
    private void list(String live, String liveLength, String unused, String occupancy) {
        try (MVStore store = MVStore.open(folder.resolve("a.mv.db").toString())) {
            store.setRetentionTime(Integer.MAX_VALUE);
            String last = store.getLayoutMap().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("chunk."))
                    .reduce((one, two) -> two)
                    .orElseThrow()
                    .getValue();
            layout(store)
                    .put(
                            "chunk.fffff",
                            ENTRY.formatted(
                                    value(last, "block"), value(last, "len"), live, liveLength, unused, occupancy));
            // of a file that was closed, H2 looks at the twenty newest chunks before it trusts the list
            MVMap<Integer, Integer> more = store.openMap("more");
            for (int chunk = 0; chunk < NEWER_CHUNKS; chunk++) {
                more.put(chunk, chunk);
                store.commit();
            }
            store.removeMap(more);
        }
    }

    /** H2 gives away copies only. */
    @SuppressWarnings("unchecked")
    private static MVMap<String, String> layout(MVStore store) {
        try {
            Field layout = FileStore.class.getDeclaredField("layout");
            layout.setAccessible(true);
            return (MVMap<String, String>) layout.get(store.getFileStore());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String value(String entry, String key) {
        return Arrays.stream(entry.split(",", -1))
                .filter(part -> part.startsWith(key + ":"))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1);
    }

    private byte[] header() throws IOException {
        return Arrays.copyOf(Files.readAllBytes(folder.resolve("a.mv.db")), 8192);
    }

    private Connection connected() {
        try {
            return connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    private static int rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
