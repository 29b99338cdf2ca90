package org.mssante.core.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mssante.core.health.Watch;

/** Runs work in transactions, one a piece, on the connections of a pool that commits nothing by itself. Thread-safe. */
public final class Transactions implements AutoCloseable {
    /** After which transactions wait for a copy, which under a load that saturates the disk would else never end. */
    private static final Duration COPY_PATIENCE = Duration.ofSeconds(30);

    private final Connections connections;
    private final Durability durability;

    public Transactions(Connections connections, Durability durability) {
        this.connections = connections;
        this.durability = durability;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs the work, commits, and returns once that is on the disk: it outlives a power loss. Whatever the work throws rolls
     * everything back.
     *
     * @throws SQLException where the database fails, at its very end with an unknown outcome
     */
    public <T> T durably(Work<T> work) throws SQLException {
        return durably(work, any -> true);
    }

    /** @param changed whether work with this result has written anything: only then the disk is waited for */
    public <T> T durably(Work<T> work, Predicate<T> changed) throws SQLException {
        T result = lazily(work);
        if (changed.test(result)) {
            durability.await();
        }
        return result;
    }

    /**
     * Runs what may be lost with the process: it is committed, and on the disk not later than whatever is {@link #durably}
     * committed after it.
     */
    public <T> T lazily(Work<T> work) throws SQLException {
        durability.enter();
        try {
            return read(connection -> work.run(durability.paced(connection)));
        } finally {
            durability.leave();
        }
    }

    /** Runs what only reads. */
    public <T> T read(Work<T> work) throws SQLException {
        try (Connection connection = connections.open()) {
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } finally {
                // without effect after the commit
                connection.rollback();
            }
        }
    }

    /** Copies an embedded database, as it is at one moment, into a new ZIP file, while others read and write. */
    public void copy(Path file) throws IOException {
        durability.copy(file, COPY_PATIENCE);
    }

    /** Watches this database. */
    public Watch watch(Supplier<DatabaseWatch.PoolUse> pool) {
        return new DatabaseWatch(connections, durability, pool);
    }

    /** Whoever waits for the disk is answered first. */
    @Override
    public void close() {
        durability.close();
    }
}
