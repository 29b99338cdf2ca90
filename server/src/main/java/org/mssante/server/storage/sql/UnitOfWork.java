package org.mssante.server.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction that several tables, queues and mailboxes join: each of their methods that takes a unit of work runs on its
 * connection, and what has to be told afterwards is told once the transaction is committed. It is handed from method to
 * method and bound to no thread, so that a reader sees which methods share a transaction. Used by one thread.
 */
public final class UnitOfWork {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnitOfWork.class);

    private final Connection connection;
    private final List<Runnable> afterwards = new ArrayList<>();

    UnitOfWork(Connection connection) {
        this.connection = connection;
    }

    /** The connection of the transaction; whoever joins neither commits nor closes it. */
    public Connection connection() {
        return connection;
    }

    /**
     * Runs an action once the transaction is committed, in the order of the calls, and never where it was rolled back. What
     * is committed stays: an action that fails is logged and hinders neither the others nor the caller.
     */
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** A place to come back to: what is done from here on can be undone without the rest of the unit. */
    public Mark mark() throws SQLException {
        return new Mark(connection.setSavepoint(), afterwards.size());
    }

    /** Undoes what was done since the mark: neither the database knows of it, nor is anybody told afterwards. */
    public void backTo(Mark mark) throws SQLException {
        connection.rollback(mark.savepoint());
        afterwards.subList(mark.actions(), afterwards.size()).clear();
    }

    /** A place in a unit of work. */
    public record Mark(Savepoint savepoint, int actions) {}

    void committed() {
        for (Runnable action : afterwards) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOGGER.error(
                        "what follows a transaction failed; the transaction itself stands: {}", FailureTrail.of(e));
            }
        }
    }

    /**
     * What is done in a unit. It may be run again, with a new unit, after a deadlock: so it changes nothing but the database
     * and its unit.
     *
     * @param <E> what it throws of its own, to roll back and to tell its caller why
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run(UnitOfWork unit) throws SQLException, E;
    }
}
