package org.mssante.launcher.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.backup.ServiceDatabase.PostgreSql;

/**
 * PostgreSQL's own programs: pg_dump takes one consistent snapshot while others write, pg_restore puts it back in one
 * transaction. The password goes by the environment, never by the command line, which everybody may read.
 */
final class PostgreSqlTools {
    private static final int TABLES_OF_OURS = 1;

    private final PostgreSql database;

    PostgreSqlTools(PostgreSql database) {
        this.database = database;
    }

    void dump(Path file) {
        run(List.of("pg_dump", "--format=custom", "--no-owner", "--file=" + file, "--dbname=" + database.address()));
    }

    /** Replaces what is there, or changes nothing. */
    void restore(Path file) {
        run(List.of(
                "pg_restore",
                "--single-transaction",
                "--clean",
                "--if-exists",
                "--no-owner",
                "--exit-on-error",
                "--dbname=" + database.address(),
                file.toString()));
    }

    /** Whether tables of this project are there already. */
    boolean isEmpty() {
        String tables = run(List.of(
                "psql",
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--dbname=" + database.address(),
                "--command=SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));
        return Integer.parseInt(tables.strip()) < TABLES_OF_OURS;
    }

    private String run(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add(1, "--username=" + database.user());
        words.add(2, "--no-password");
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", database.password());
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CommandFailure("The program " + command.get(0) + " failed for the database "
                        + database.address() + " of the service "
                        + database.service().folder() + " ("
                        + said.strip() + "): repair that and try again.");
            }
            return said;
        } catch (IOException e) {
            throw new CommandFailure(
                    "The program " + command.get(0) + " cannot be started: install the PostgreSQL client programs of "
                            + "the server's version and put them on the PATH.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted while " + command.get(0) + " was running: try again.", e);
        }
    }
}
