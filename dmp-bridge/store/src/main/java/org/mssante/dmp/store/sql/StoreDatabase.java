package org.mssante.dmp.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.health.Watch;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.DatabaseWatch;
import org.mssante.core.sql.EmbeddedCopy;

/** The database of the store. Every read and write runs in a transaction of its own. Thread-safe. */
public final class StoreDatabase implements AutoCloseable {
    private static final String MIGRATIONS = "classpath:db/store";

    private final HikariDataSource source;

    private StoreDatabase(HikariDataSource source) {
        this.source = source;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param url JDBC; H2 needs {@code WRITE_DELAY=0}, or a commit may be lost with the process
     * @throws StartupFailure where the database is not reachable or not the store's
     */
    public static StoreDatabase open(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        HikariDataSource source = null;
        try {
            source = new HikariDataSource(config);
            Flyway.configure().dataSource(source).locations(MIGRATIONS).load().migrate();
            return new StoreDatabase(source);
        } catch (PoolInitializationException e) {
            throw new StartupFailure(
                    "The store's database cannot be opened (" + e.getMessage()
                            + "): stop the other process that uses it, or correct database.url.",
                    e);
        } catch (FlywayException e) {
            source.close();
            throw new StartupFailure(
                    "The store's database is not one this version can use (" + e.getMessage()
                            + "): restore it or point database.url to another.",
                    e);
        }
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

    /**
     * Runs the work and commits; rolls back where it throws.
     *
     * @throws UniqueViolationException where a row with the same key was there, or came in meanwhile
     * @throws StoreUnavailableException where the database fails
     */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } finally {
                // without effect after the commit
                connection.rollback();
            }
        } catch (SQLException e) {
            throw UniqueViolationException.is(e) ? new UniqueViolationException(e) : new StoreUnavailableException(e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
