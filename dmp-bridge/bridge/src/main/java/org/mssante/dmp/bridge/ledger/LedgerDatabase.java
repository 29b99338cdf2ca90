package org.mssante.dmp.bridge.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.health.Watch;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.DatabaseWatch;
import org.mssante.core.sql.EmbeddedCopy;

/** The database of the ledger, H2 or PostgreSQL: connections, schema, transactions. Thread-safe. */
public final class LedgerDatabase implements AutoCloseable {
    /** Only with WRITE_DELAY=0 H2 writes a commit to its file before it acknowledges it; it does not force it. */
    private static final String H2_OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** How the URL of the embedded database begins. */
    public static final String EMBEDDED = "jdbc:h2:file:";

    private final HikariDataSource source;

    private LedgerDatabase(HikariDataSource source) {
        this.source = source;
    }

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** The embedded database in this folder. */
    public static LedgerDatabase embedded(Path folder, int connections) {
        return open(EMBEDDED + folder.toAbsolutePath().resolve("bridge") + H2_OPTIONS, "sa", "", connections);
    }

    /** @throws StartupFailure where the database cannot be reached or its schema not brought up to date */
    public static LedgerDatabase open(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setPoolName("bridge-ledger");
        HikariDataSource source;
        try {
            source = new HikariDataSource(config);
        } catch (RuntimeException e) {
            // the pool wraps whatever the driver throws while it opens the first connection
            throw new StartupFailure(
                    "The bridge's database cannot be opened (" + e.getMessage()
                            + "): stop the other instance that uses it or correct the database settings.",
                    e);
        }
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/bridge")
                    .placeholders(Map.of("binary", url.startsWith(POSTGRESQL) ? "BYTEA" : "BLOB"))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            source.close();
            throw new StartupFailure("The bridge's database has an unexpected schema: " + e.getMessage(), e);
        }
        return new LedgerDatabase(source);
    }

    /** Whether it answers, and how its connections are used. */
    public Watch watch() {
        HikariPoolMXBean use = source.getHikariPoolMXBean();
        return new DatabaseWatch(
                source::getConnection,
                () -> new DatabaseWatch.PoolUse(
                        use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection()));
    }

    /** Copies an embedded database, as it is now, into a new ZIP file. */
    public void copy(Path file) throws IOException {
        EmbeddedCopy.write(source::getConnection, file);
    }

    /** Runs the work and commits; whatever it throws rolls everything back. */
    public <T> T transaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } finally {
                // without effect after a commit
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new LedgerFailure("the bridge's database failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
