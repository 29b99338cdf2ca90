package org.mssante.server.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.health.Watch;
import org.mssante.core.log.RootCause;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.DatabaseWatch;
import org.mssante.core.sql.Durability;
import org.mssante.core.sql.SchemaMigration;
import org.mssante.core.sql.StaleChunks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections to the one database, its schema up to date. Thread-safe. No method keeps a connection once it
 * returns, and none asks for a second one while it holds one, so the pool cannot starve itself.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Database.class);
    private static final String MIGRATIONS = "org/mssante/server/storage/migrations";
    private static final int ATTEMPTS = 8;

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final Durability durability;

    private Database(HikariDataSource pool, Dialect dialect, Durability durability) {
        this.pool = pool;
        this.dialect = dialect;
        this.durability = durability;
    }

    /**
     * How to reach the database.
     *
     * @param url of H2 or PostgreSQL; the options the project needs are added to it
     * @param password empty for none
     * @param poolSize connections held open
     * @param connections how long a request waits for one, and the driver for the machine to answer
     * @param statements how long one statement may run, or wait for a lock
     * @param sync whether a commit is on the disk before it is answered; without it a power loss, unlike a killed process,
     *     may take the last commits
     */
    public record Settings(
            String url,
            String user,
            String password,
            int poolSize,
            Duration connections,
            Duration statements,
            boolean sync) {
        /** Never prints the password. */
        @Override
        public String toString() {
            return "Settings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + ", sync=" + sync + "]";
        }
    }

    /**
     * Connects and migrates the schema.
     *
     * @throws StartupFailure where the database does not answer or its schema cannot be migrated
     */
    public static Database open(Settings settings) {
        Dialect dialect = Dialect.of(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("storage");
        config.setJdbcUrl(dialect.complete(settings.url()));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(settings.connections().toMillis());
        // a database that is slow when we start, since it has just recovered, is waited for like one that is slow later
        config.setInitializationFailTimeout(settings.connections().toMillis());
        config.setConnectionInitSql(dialect.firstStatement(settings.statements(), settings.sync()));
        dialect.driverSettings(settings.connections(), settings.statements()).forEach(config::addDataSourceProperty);
        try {
            HikariDataSource pool = StaleChunks.open(config.getJdbcUrl(), () -> new HikariDataSource(config));
            migrate(pool, dialect);
            return new Database(pool, dialect, durability(config, settings));
        } catch (PoolInitializationException e) {
            throw new StartupFailure(
                    "The mail database " + settings.url() + " cannot be opened ("
                            + RootCause.of(e).getMessage()
                            + "): start it or correct storage.url, storage.user and storage.password.file.",
                    e);
        }
    }

    private static Durability durability(HikariConfig config, Settings settings) {
        try {
            return Durability.of(config.getJdbcUrl(), settings.user(), settings.password(), settings.sync());
        } catch (SQLException e) {
            throw new StorageException("The mail database gave no connection to force commits with", e);
        }
    }

    public Dialect dialect() {
        return dialect;
    }

    /**
     * A connection outside the pool, for whoever keeps it: he closes it. One that does not answer for half a minute breaks.
     *
     * @throws SQLException where the database does not answer
     */
    public Connection openApart() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", pool.getUsername());
        properties.setProperty("password", pool.getPassword());
        if (dialect == Dialect.POSTGRESQL) {
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", "30");
        }
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    /** Whether it answers, and how its connections are used. */
    public Watch watch() {
        HikariPoolMXBean use = pool.getHikariPoolMXBean();
        return new DatabaseWatch(
                pool::getConnection,
                durability,
                () -> new DatabaseWatch.PoolUse(
                        use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection()));
    }

    /**
     * Copies an embedded database, as it is at one moment, into a new ZIP file, while others read and write.
     *
     * @param patience after which writers wait until the copy has caught up with what they wrote
     */
    public void copy(Path file, Duration patience) throws IOException {
        durability.copy(file, patience);
    }

    /** Runs reads; each statement sees what was committed before it. */
    public <T, E extends Exception> T read(SqlWork<T, E> work) throws E {
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new StorageException("The mail database did not answer", e);
        }
    }

    /** Runs the work in one transaction, again from its beginning where the database broke a deadlock. */
    public <T, E extends Exception> T transaction(SqlWork<T, E> work) throws E {
        return unit(unit -> work.run(unit.connection()));
    }

    /**
     * As {@link #transaction}, for what several tables, queues and mailboxes take part in; what they want to tell afterwards
     * is told before this returns.
     */
    public <T, E extends Exception> T unit(UnitOfWork.Work<T, E> work) throws E {
        Committed<T> committed = commit(work, false);
        try {
            durability.await();
        } catch (SQLException e) {
            throw new StorageException("The mail database is not sure of a transaction", e);
        }
        committed.unit().committed();
        return committed.result();
    }

    /** As {@link #transaction}, for what may be lost with the process: it is committed, and forced to the disk some time. */
    public <T, E extends Exception> T lazily(SqlWork<T, E> work) throws E {
        return commit(unit -> work.run(unit.connection()), true).result();
    }

    @Override
    public void close() {
        durability.close();
        pool.close();
    }

    private record Committed<T>(T result, UnitOfWork unit) {}

    private <T, E extends Exception> Committed<T> commit(UnitOfWork.Work<T, E> work, boolean lazily) throws E {
        for (int attempt = 1; ; attempt++) {
            durability.enter();
            try {
                return attempt(work, lazily);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isWorthAnotherTry(e)) {
                    throw new StorageException("The mail database refused a transaction", e);
                }
                LOGGER.debug("transaction tried again after SQL state {}", e.getSQLState());
            } finally {
                durability.leave();
            }
        }
    }

    private <T, E extends Exception> Committed<T> attempt(UnitOfWork.Work<T, E> work, boolean lazily)
            throws SQLException, E {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (lazily) {
                    hurryNot(connection);
                }
                UnitOfWork unit = new UnitOfWork(durability.paced(connection));
                T result = work.run(unit);
                connection.commit();
                return new Committed<>(result, unit);
            } catch (Throwable e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private void hurryNot(Connection connection) throws SQLException {
        Optional<String> first = dialect.lazily();
        if (first.isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first.get());
            }
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Whether the transaction may succeed when it is run again: class 40 is "transaction rollback" in the SQL standard, 90131
     * is H2's concurrent update of one row.
     */
    public static boolean isWorthAnotherTry(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || "90131".equals(state));
    }

    private static void migrate(HikariDataSource pool, Dialect dialect) {
        try {
            new SchemaMigration(pool, MIGRATIONS, dialect.types()).run();
        } catch (FlywayException e) {
            pool.close();
            throw new StartupFailure(
                    "The schema of the mail database cannot be brought up to date (" + e.getMessage()
                            + "): restore the backup or use the version of the server that wrote it.",
                    e);
        }
    }
}
