package org.mssante.core.sql;

import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema of a database up to date. H2 commits each statement of a script by itself, so a start may be cut off in
 * the middle of one: every statement has to be one that can be run again ({@code IF NOT EXISTS}), and a script that failed, on
 * a full disk for instance, is run again by the next start.
 */
public final class SchemaMigration {
    private final Flyway flyway;

    /**
     * @param location of the scripts, a path of the class path
     * @param placeholders the types in which databases differ
     */
    public SchemaMigration(DataSource database, String location, Map<String, String> placeholders) {
        this.flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + location)
                .placeholders(placeholders)
                .load();
    }

    /** @throws FlywayException where a script fails, or the schema is not one that the scripts made */
    public void run() {
        if (Arrays.stream(flyway.info().all())
                .anyMatch(script -> script.getState().isFailed())) {
            flyway.repair();
        }
        flyway.migrate();
    }
}
