package org.mssante.server.storage.sql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.sql.EmbeddedUrl;

/** What the two databases do not say in the same words. */
public enum Dialect {
    H2(
            "jdbc:h2:",
            // DB_CLOSE_ON_EXIT: the pool closes the database, in order, not a shutdown hook that runs beside it.
            // QUERY_CACHE_SIZE: the statements of this project, parsed once a connection; H2 keeps eight by itself.
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=100",
            "VARBINARY(1048576)",
            "VARCHAR(1048576)"),
    POSTGRESQL("jdbc:postgresql:", "", "BYTEA", "TEXT");

    private static final String H2_MEMORY = "jdbc:h2:mem:";

    private final String prefix;
    private final String options;
    private final String binary;
    private final String text;

    Dialect(String prefix, String options, String binary, String text) {
        this.prefix = prefix;
        this.options = options;
        this.binary = binary;
        this.text = text;
    }

    /**
     * The dialect of a JDBC URL.
     *
     * @throws IllegalArgumentException where the URL names another database, or an H2 that is neither a file nor in memory
     */
    public static Dialect of(String url) {
        if (url.startsWith(H2.prefix) && !EmbeddedUrl.isFile(url) && !url.startsWith(H2_MEMORY)) {
            throw new IllegalArgumentException("an H2 database is named by jdbc:h2:file:");
        }
        for (Dialect dialect : values()) {
            if (url.startsWith(dialect.prefix)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("neither jdbc:h2: nor jdbc:postgresql:");
    }

    /** The URL with the options this project cannot do without. */
    String complete(String url) {
        return EmbeddedUrl.ordered(url) + options;
    }

    /** What a connection says first: no statement of it runs, or waits for a lock, longer than the limit. */
    String firstStatement(Duration limit, boolean sync) {
        return switch (this) {
            case H2 -> "SET QUERY_TIMEOUT " + limit.toMillis() + "; SET LOCK_TIMEOUT " + limit.toMillis();
            case POSTGRESQL ->
                "SET statement_timeout = " + limit.toMillis() + "; SET synchronous_commit = " + (sync ? "on" : "off");
        };
    }

    /** What a transaction says first whose commit need not be on the disk when it is answered. */
    Optional<String> lazily() {
        return this == POSTGRESQL ? Optional.of("SET LOCAL synchronous_commit = off") : Optional.empty();
    }

    /**
     * How a subquery locks the first rows it finds, passing over those that others hold. Not on H2: with FOR UPDATE it follows
     * no index and locks every row, the first ones being known only then; the rows are locked outside, and there is one
     * process on the database.
     */
    public String lockedInSubquery() {
        return this == POSTGRESQL ? " FOR UPDATE SKIP LOCKED" : "";
    }

    /** What the driver has to know to give up on a machine that no longer answers. */
    Map<String, String> driverSettings(Duration connect, Duration statement) {
        return switch (this) {
            case H2 -> Map.of();
            case POSTGRESQL ->
                Map.of(
                        "connectTimeout", seconds(connect),
                        // the server's own limit comes first where there is still a server
                        "socketTimeout", seconds(statement.plusSeconds(10)),
                        "tcpKeepAlive", "true");
        };
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    /** Names of column types that the migrations use as placeholders. */
    Map<String, String> types() {
        return Map.of("binary", binary, "text", text);
    }
}
