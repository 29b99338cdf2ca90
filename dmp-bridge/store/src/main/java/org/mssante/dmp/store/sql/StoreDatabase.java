package org.mssante.dmp.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.health.Watch;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.DatabaseWatch;
import org.mssante.core.sql.Durability;
import org.mssante.core.sql.EmbeddedUrl;
import org.mssante.core.sql.SchemaMigration;
import org.mssante.core.sql.StaleChunks;
import org.mssante.core.sql.Transactions;

/**
 * The database of the store. Every read and write runs in a transaction of its own; what was registered is on the disk before
 * the sender is answered. Thread-safe.
 */
public final class StoreDatabase implements AutoCloseable {
    private static final String MIGRATIONS = "db/store";

    private final HikariDataSource source;
    private final Transactions transactions;

    private StoreDatabase(HikariDataSource source, Durability durability) {
        this.source = source;
        this.transactions = new Transactions(source::getConnection, durability);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param url JDBC
     * @throws StartupFailure where the database is not reachable or not the store's
     */
    public static StoreDatabase open(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(EmbeddedUrl.ordered(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        HikariDataSource source = null;
        try {
            source = StaleChunks.open(config.getJdbcUrl(), () -> new HikariDataSource(config));
            new SchemaMigration(source, MIGRATIONS, Map.of()).run();
            return new StoreDatabase(source, Durability.of(config.getJdbcUrl(), user, password, true));
        } catch (SQLException e) {
            source.close();
            throw new StartupFailure(
                    "The store's database gives no connection to force its commits with (" + e.getMessage()
                            + "): start again, or look at its disk.",
                    e);
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
        return transactions.watch(() -> new DatabaseWatch.PoolUse(
                use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection()));
    }

    /** Copies an embedded database, as it is now, into a new ZIP file. */
    public void copy(Path file) throws IOException {
        transactions.copy(file);
    }

    /**
     * Runs the work and commits, on the disk when this returns; rolls back where it throws.
     *
     * @throws UniqueViolationException where a row with the same key was there, or came in meanwhile
     * @throws StoreUnavailableException where the database fails
     */
    public <T> T inTransaction(Transactions.Work<T> work) {
        try {
            return transactions.durably(work);
        } catch (SQLException e) {
            throw UniqueViolationException.is(e) ? new UniqueViolationException(e) : new StoreUnavailableException(e);
        }
    }

    /**
     * Runs what only reads.
     *
     * @throws StoreUnavailableException where the database fails
     */
    public <T> T read(Transactions.Work<T> work) {
        try {
            return transactions.read(work);
        } catch (SQLException e) {
            throw new StoreUnavailableException(e);
        }
    }

    @Override
    public void close() {
        transactions.close();
        source.close();
    }
}
