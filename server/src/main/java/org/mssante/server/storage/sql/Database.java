package org.mssante.server.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections to the one database, its schema up to date. Thread-safe. No method keeps a connection once it
 * returns, and none asks for a second one while it holds one, so the pool cannot starve itself.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Database.class);
    private static final String MIGRATIONS = "classpath:org/mssante/server/storage/migrations";
    private static final int ATTEMPTS = 8;

    private final HikariDataSource pool;
    private final Dialect dialect;

    private Database(HikariDataSource pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    /**
     * Connects and migrates the schema.
     *
     * @throws StartupFailure where the database does not answer or its schema cannot be migrated
     */
    public static Database open(
            String url, String user, String password, int poolSize, Duration connectionTimeout, Duration statements) {
        Dialect dialect = Dialect.of(url);
        HikariConfig config = new HikariConfig();
        config.setPoolName("storage");
        config.setJdbcUrl(dialect.complete(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(poolSize);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        config.setConnectionInitSql(dialect.statementTimeout(statements));
        try {
            Database database = new Database(new HikariDataSource(config), dialect);
            database.migrate();
            return database;
        } catch (PoolInitializationException e) {
            throw new StartupFailure(
                    "The mail database " + url + " cannot be opened ("
                            + rootCause(e).getMessage()
                            + "): start it or correct storage.url, storage.user and storage.password.file.",
                    e);
        }
    }

    public Dialect dialect() {
        return dialect;
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
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isWorthAnotherTry(e)) {
                    throw new StorageException("The mail database refused a transaction", e);
                }
                LOGGER.debug("transaction tried again after SQL state {}", e.getSQLState());
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T, E extends Exception> T attempt(SqlWork<T, E> work) throws SQLException, E {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollBack(connection, e);
                throw e;
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

    /** Class 40 is "transaction rollback" in the SQL standard; 90131 is H2's concurrent update of one row. */
    private static boolean isWorthAnotherTry(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || "90131".equals(state));
    }

    private void migrate() {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(MIGRATIONS)
                    .placeholders(dialect.types())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            pool.close();
            throw new StartupFailure(
                    "The schema of the mail database cannot be brought up to date (" + e.getMessage()
                            + "): restore the backup or use the version of the server that wrote it.",
                    e);
        }
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
