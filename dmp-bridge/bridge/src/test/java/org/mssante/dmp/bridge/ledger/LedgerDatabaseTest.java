package org.mssante.dmp.bridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** A mail that had ended before mails were marked so is settled all the same. */
    @Test
    void mailsOfAnOlderSchemaThatHaveEndedAreMarked() {
        String mail = "INSERT INTO message (id, sender, recipients, content, received_at, state, due_at)"
                + " VALUES (%d, 's', 'r', X'00', CURRENT_TIMESTAMP, 'EXTRACTED', CURRENT_TIMESTAMP)";
        String document =
                "INSERT INTO document (message, ordinal, source, state, masks, detail, attempts, due_at, created_at)"
                        + " VALUES (%d, %d, 's', '%s', '', '', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            database.lazily(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (int id = 1; id <= 3; id++) {
                        statement.executeUpdate(mail.formatted(id));
                    }
                    statement.executeUpdate(document.formatted(1, 0, "FILED"));
                    statement.executeUpdate(document.formatted(1, 1, "REFUSED"));
                    statement.executeUpdate(document.formatted(2, 0, "FILED"));
                    statement.executeUpdate(document.formatted(2, 1, "WAITING"));
                    return statement.executeUpdate(
                            "DELETE FROM \"flyway_schema_history\" WHERE \"installed_rank\" > 5");
                }
            });
        }
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            List<String> states = database.lazily(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT state FROM message ORDER BY id")) {
                    List<String> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                    return found;
                }
            });
            assertThat(states).containsExactly("ENDED", "EXTRACTED", "ENDED");
        }
    }

    /** A document that came without setId is the first of its own set, and its number names no version. */
    @Test
    void documentsOfAnOlderSchemaGetTheirSet() {
        String document =
                "INSERT INTO document (message, ordinal, source, state, document_id, set_id, version_number, patient,"
                        + " masks, detail, attempts, due_at, created_at) VALUES (1, %d, 's', '%s', '2.25.%1$d', %s, 3, %s, '', '', 0,"
                        + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            database.lazily(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate(
                            "INSERT INTO message (id, sender, recipients, content, received_at, state, due_at)"
                                    + " VALUES (1, 's', 'r', X'00', CURRENT_TIMESTAMP, 'EXTRACTED', CURRENT_TIMESTAMP)");
                    statement.executeUpdate(document.formatted(1, "FILED", "NULL", "'p^'"));
                    statement.executeUpdate(document.formatted(2, "FILED", "'2.25.7'", "'p^'"));
                    statement.executeUpdate(document.formatted(3, "REFUSED", "NULL", "NULL"));
                    return statement.executeUpdate(
                            "DELETE FROM \"flyway_schema_history\" WHERE \"installed_rank\" > 7");
                }
            });
        }
        try (LedgerDatabase database = LedgerDatabase.embedded(folder, 2)) {
            List<String> sets = database.lazily(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(
                                "SELECT set_id, version_number FROM document ORDER BY ordinal")) {
                    List<String> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(rows.getString(1) + " " + rows.getString(2));
                    }
                    return found;
                }
            });
            assertThat(sets).containsExactly("2.25.1 null", "2.25.7 3", "null 3");
        }
    }
}
