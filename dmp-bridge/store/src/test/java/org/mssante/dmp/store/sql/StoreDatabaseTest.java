package org.mssante.dmp.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.sql.LossyDisk;

class StoreDatabaseTest {
    private static final int COMMITS = 20;

    @TempDir
    Path folder;

    /**
     * H2 writes over what it no longer needs after RETENTION_TIME, and 2.5.252 then forgets to say where the newest commit
     * lies: the process that opens the file after a kill does not find it.
     */
    @Test
    void killedProcessLeavesEveryCommitInTheFileAlsoWhereItsSpaceIsUsedAgain() throws Exception {
        LossyDisk.register();
        Path file = folder.resolve("store");
        try (StoreDatabase database =
                StoreDatabase.open("jdbc:h2:whole:lossy:" + file + ";RETENTION_TIME=50", "store", "", 2)) {
            for (int commit = 1; commit <= COMMITS; commit++) {
                Thread.sleep(commit == 1 ? 1_000 : 60);
                insert(database, commit);

                Path killed = folder.resolve("killed" + commit);
                // at one moment: H2 tidies the file meanwhile, and a copy made slowly would be of no moment at all
                LossyDisk.kill(mv(file), mv(killed));
                assertThat(rows(killed)).isEqualTo(commit);

                Path copy = folder.resolve("copy" + commit);
                Path zip = folder.resolve("copy" + commit + ".zip");
                database.copy(zip);
                unzip(zip, mv(copy));
                assertThat(rows(copy)).isEqualTo(commit);
            }
        }
    }

    @Test
    void whatWasRegisteredIsThereAfterAPowerLoss() throws Exception {
        LossyDisk.register();
        Path survivor = folder.resolve("survivor");
        try (StoreDatabase database =
                StoreDatabase.open("jdbc:h2:whole:lossy:" + folder.resolve("store"), "store", "", 2)) {
            insert(database, 1);
            LossyDisk.losePower(mv(folder.resolve("store")), mv(survivor));
        }

        assertThat(rows(survivor)).isEqualTo(1);
    }

    /** H2 commits each statement by itself: a start that is killed in a script leaves some of it. */
    @Test
    void everyStatementOfTheSchemaMayBeRunAgain() {
        Path file = folder.resolve("store");
        try (StoreDatabase database = open(file)) {
            insert(database, 1);
            database.inTransaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("delete from \"flyway_schema_history\"");
                }
            });
        }
        assertThat(rows(file)).isEqualTo(1);
    }

    private static StoreDatabase open(Path file) {
        return StoreDatabase.open("jdbc:h2:file:" + file + ";RETENTION_TIME=50", "store", "", 2);
    }

    private static Path mv(Path file) {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    private static void insert(StoreDatabase database, int commit) {
        database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("insert into patient (matricule, authority, state, changed_at) values ('"
                        + commit + "', '1.2.3', 'ACTIVE', current_timestamp)");
            }
        });
    }

    private static int rows(Path file) {
        try (StoreDatabase database = open(file)) {
            return database.inTransaction(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select count(*) from patient")) {
                    row.next();
                    return row.getInt(1);
                }
            });
        }
    }

    private static void unzip(Path zip, Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(bytes)) {
            entries.getNextEntry();
            Files.copy(entries, file);
        }
    }
}
