package org.mssante.dmp.bridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDatabaseTest {
    @TempDir
    Path folder;

    /** H2 commits each statement by itself: a start that is killed in a script leaves some of it. */
    @Test
    void everyStatementOfTheSchemaMayBeRunAgain() {
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            database.lazily(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("INSERT INTO filing_lock VALUES ('kept', 'worker', CURRENT_TIMESTAMP)");
                    return statement.executeUpdate("DELETE FROM \"flyway_schema_history\"");
                }
            });
        }
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            int kept = database.lazily(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM filing_lock")) {
                    row.next();
                    return row.getInt(1);
                }
            });
            assertThat(kept).isEqualTo(1);
        }
    }
}
