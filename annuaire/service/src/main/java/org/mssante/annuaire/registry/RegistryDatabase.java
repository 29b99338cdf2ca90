package org.mssante.annuaire.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.mssante.core.health.Watch;
import org.mssante.core.log.RootCause;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.sql.DatabaseWatch;
import org.mssante.core.sql.Durability;
import org.mssante.core.sql.EmbeddedUrl;
import org.mssante.core.sql.SchemaMigration;
import org.mssante.core.sql.StaleChunks;
import org.mssante.core.sql.Transactions;

/** The embedded H2 database of the registry, brought to the current schema. A change that returned is on the disk. Thread-safe. */
public final class RegistryDatabase implements AutoCloseable {
    /** How the URL of the database begins: always an embedded one. */
    public static final String EMBEDDED = "jdbc:h2:file:";

    private static final int CACHE_KILOBYTES = 4_096;

    private final HikariDataSource connections;
    private final Transactions transactions;

    private RegistryDatabase(HikariDataSource connections, Durability durability) {
        this.connections = connections;
        this.transactions = new Transactions(connections::getConnection, durability);
    }

    /**
     * Opens {@code folder/registry.mv.db}, creating it where there is none.
     *
     * @throws StartupFailure where the file is damaged, in use or not writable
     */
    public static RegistryDatabase open(Path folder, int connections) {
        return open(EMBEDDED + folder.resolve("registry"), folder, connections);
    }

    /** @param url without options */
    static RegistryDatabase open(String url, Path folder, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(EmbeddedUrl.ordered(url) + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=" + CACHE_KILOBYTES);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName("registry");
        config.setAutoCommit(false);
        try {
            HikariDataSource source = StaleChunks.open(config.getJdbcUrl(), () -> new HikariDataSource(config));
            migrate(source);
            return new RegistryDatabase(source, durability(source));
        } catch (HikariPool.PoolInitializationException | FlywayException | SQLException e) {
            throw new StartupFailure(
                    "The mailbox registry in " + folder + " cannot be opened ("
                            + RootCause.of(e).getMessage()
                            + "): check that no other annuaire uses this run folder and that its files are writable.",
                    e);
        }
    }

    /** Whether it answers, and how its connections are used. */
    public Watch watch() {
        HikariPoolMXBean use = connections.getHikariPoolMXBean();
        return transactions.watch(() -> new DatabaseWatch.PoolUse(
                use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection()));
    }

    /** Copies an embedded database, as it is now, into a new ZIP file. */
    public void copy(Path file) throws IOException {
        transactions.copy(file);
    }

    /** Runs the work in a transaction of its own: all of it or nothing, and on the disk when this returns. */
    public <T> T transaction(String what, Transactions.Work<T> work) {
        try {
            return transactions.durably(work);
        } catch (SQLException e) {
            throw new RegistryException(what, e);
        }
    }

    /** Runs what only reads. */
    public <T> T read(String what, Transactions.Work<T> work) {
        try {
            return transactions.read(work);
        } catch (SQLException e) {
            throw new RegistryException(what, e);
        }
    }

    @Override
    public void close() {
        transactions.close();
        connections.close();
    }

    private static Durability durability(HikariDataSource source) throws SQLException {
        try {
            return Durability.of(source.getJdbcUrl(), "", "", true);
        } catch (SQLException e) {
            source.close();
            throw e;
        }
    }

    private static void migrate(HikariDataSource source) {
        try {
            new SchemaMigration(source, "org/mssante/annuaire/registry/schema", Map.of()).run();
        } catch (FlywayException e) {
            source.close();
            throw e;
        }
    }
}
