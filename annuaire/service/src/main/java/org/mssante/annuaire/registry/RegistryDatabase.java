package org.mssante.annuaire.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
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

/** The embedded H2 database of the registry, brought to the current schema. Thread-safe. */
public final class RegistryDatabase implements AutoCloseable {
    /** How the URL of the database begins: always an embedded one. */
    public static final String EMBEDDED = "jdbc:h2:file:";

    private static final int CACHE_KILOBYTES = 4_096;

    private final HikariDataSource connections;

    private RegistryDatabase(HikariDataSource connections) {
        this.connections = connections;
    }

    /** What to do inside one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Opens {@code folder/registry.mv.db}, creating it where there is none.
     *
     * @throws StartupFailure where the file is damaged, in use or not writable
     */
    public static RegistryDatabase open(Path folder, int connections) {
        HikariConfig config = new HikariConfig();
        // a commit that returned is in the file, if not forced: else H2 would write up to half a second later
        config.setJdbcUrl(EMBEDDED + folder.resolve("registry") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
                + ";CACHE_SIZE=" + CACHE_KILOBYTES);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName("registry");
        config.setAutoCommit(false);
        try {
            HikariDataSource source = new HikariDataSource(config);
            migrate(source);
            return new RegistryDatabase(source);
        } catch (HikariPool.PoolInitializationException | FlywayException e) {
            throw new StartupFailure(
                    "The mailbox registry in " + folder + " cannot be opened (" + rootMessage(e)
                            + "): check that no other annuaire uses this run folder and that its files are writable.",
                    e);
        }
    }

    /** Whether it answers, and how its connections are used. */
    public Watch watch() {
        HikariPoolMXBean use = connections.getHikariPoolMXBean();
        return new DatabaseWatch(
                connections::getConnection,
                () -> new DatabaseWatch.PoolUse(
                        use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection()));
    }

    /** Copies an embedded database, as it is now, into a new ZIP file. */
    public void copy(Path file) throws IOException {
        EmbeddedCopy.write(connections::getConnection, file);
    }

    /** Runs the work in a transaction of its own: all of it or nothing. */
    public <T> T transaction(String what, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new RegistryException(what, e);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private static void migrate(HikariDataSource source) {
        try {
            Flyway.configure(RegistryDatabase.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:org/mssante/annuaire/registry/schema")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            source.close();
            throw e;
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
