package org.mssante.dmp.bridge.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
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
 * The database of the ledger, H2 or PostgreSQL: connections, schema, transactions. What the bridge answers for to others (a
 * mail taken in, how a document ended) is on the disk before it says so. Thread-safe.
 */
public final class LedgerDatabase implements AutoCloseable {
    /**
     * Room that was freed is given back when the database is closed, for which H2 takes this long at most (milliseconds). The
     * statements of the ledger are parsed once a connection: H2 keeps eight by itself.
     */
    private static final String H2_OPTIONS =
            ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;MAX_COMPACT_TIME=5000;QUERY_CACHE_SIZE=100";

    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** How the URL of the embedded database begins. */
    public static final String EMBEDDED = "jdbc:h2:file:";

    private final HikariDataSource source;
    private final Transactions transactions;
    private final String url;
    private Optional<HeldName> heldName = Optional.empty();

    private LedgerDatabase(HikariDataSource source, Durability durability) {
        this.source = source;
        this.url = source.getJdbcUrl();
        this.transactions = new Transactions(source::getConnection, durability);
    }

    /** The embedded database in this folder. */
    public static LedgerDatabase embedded(Path folder, int connections) {
        return open(EMBEDDED + folder.toAbsolutePath().resolve("bridge") + H2_OPTIONS, "sa", "", connections);
    }

    /** @throws StartupFailure where the database cannot be reached or its schema not brought up to date */
    public static LedgerDatabase open(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(EmbeddedUrl.ordered(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false);
        config.setPoolName("bridge-ledger");
        HikariDataSource source;
        try {
            source = StaleChunks.open(config.getJdbcUrl(), () -> new HikariDataSource(config));
        } catch (RuntimeException e) {
            // the pool wraps whatever the driver throws while it opens the first connection
            throw new StartupFailure(
                    "The bridge's database cannot be opened (" + e.getMessage()
                            + "): stop the other instance that uses it or correct the database settings.",
                    e);
        }
        try {
            new SchemaMigration(source, "db/bridge", Map.of("binary", url.startsWith(POSTGRESQL) ? "BYTEA" : "BLOB"))
                    .run();
        } catch (FlywayException e) {
            source.close();
            throw new StartupFailure(
                    "The bridge's database is not one this version can use (" + e.getMessage()
                            + "): restore it or point database.url to another.",
                    e);
        }
        try {
            return new LedgerDatabase(source, Durability.of(config.getJdbcUrl(), user, password, true));
        } catch (SQLException e) {
            source.close();
            throw new StartupFailure(
                    "The bridge's database gives no connection to force its commits with (" + e.getMessage()
                            + "): start again, or look at its disk.",
                    e);
        }
    }

    /**
     * Takes the name of an instance until this is closed or the process ends, as far as the database knows who lives: PostgreSQL does,
     * and an embedded database has one process alone. Two instances of one name would take each other's work for their own.
     *
     * @throws StartupFailure where another instance has it
     */
    public void takeName(String name) {
        if (url.startsWith(POSTGRESQL)) {
            heldName = Optional.of(HeldName.take(url, source.getUsername(), source.getPassword(), name));
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

    /** Runs the work and commits; on the disk when this returns. Whatever it throws rolls everything back. */
    <T> T transaction(Transactions.Work<T> work) {
        return failing(() -> transactions.durably(work));
    }

    /** As {@link #transaction(Transactions.Work)}, for work that has changed something only where it found something. */
    <T> Optional<T> found(Transactions.Work<Optional<T>> work) {
        return failing(() -> transactions.durably(work, Optional::isPresent));
    }

    /**
     * Runs what only reads, and what is made good where the process ends before it is written: an embedded database writes it
     * with the next transaction that is waited for, or half a second later.
     */
    <T> T lazily(Transactions.Work<T> work) {
        return failing(() -> transactions.lazily(work));
    }

    @Override
    public void close() {
        heldName.ifPresent(HeldName::close);
        transactions.close();
        source.close();
    }

    /** A call of the database. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws SQLException;
    }

    private static <T> T failing(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new LedgerFailure("the bridge's database failed: " + e.getMessage(), e);
        }
    }
}
