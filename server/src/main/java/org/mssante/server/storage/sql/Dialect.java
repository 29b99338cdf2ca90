package org.mssante.server.storage.sql;

import java.time.Duration;
import java.util.Map;

/** What the two databases do not say in the same words. */
public enum Dialect {
    H2(
            "jdbc:h2:",
            // async: a thread interrupted in a file channel closes the channel and with it the whole database, and
            // Reactor
            // interrupts the threads of cancelled requests; the asynchronous channel is not closed.
            // WRITE_DELAY=0: a commit is in the file before it is answered. DB_CLOSE_ON_EXIT: the pool closes the
            // database, in order, not a shutdown hook that runs beside it. QUERY_CACHE_SIZE: statements a connection
            // remembers the plan of; one delivery runs more different ones than the default of 8.
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=128",
            "VARBINARY(1048576)",
            "VARCHAR(1048576)"),
    POSTGRESQL("jdbc:postgresql:", "", "BYTEA", "TEXT");

    private static final String H2_FILE = "jdbc:h2:file:";
    private static final String H2_ASYNC = "jdbc:h2:async:";

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
     * @throws IllegalArgumentException where the URL names another database
     */
    public static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (url.startsWith(dialect.prefix)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("neither jdbc:h2: nor jdbc:postgresql:");
    }

    /** The URL with the options this project cannot do without. */
    String complete(String url) {
        String reachable = url.startsWith(H2_FILE) ? H2_ASYNC + url.substring(H2_FILE.length()) : url;
        return reachable + options;
    }

    /** What a connection says first, so that no statement of it runs, or waits for a lock, longer than this. */
    String statementTimeout(Duration limit) {
        return switch (this) {
            case H2 -> "SET QUERY_TIMEOUT " + limit.toMillis() + "; SET LOCK_TIMEOUT " + limit.toMillis();
            case POSTGRESQL -> "SET statement_timeout = " + limit.toMillis();
        };
    }

    /** Names of column types that the migrations use as placeholders. */
    Map<String, String> types() {
        return Map.of("binary", binary, "text", text);
    }
}
