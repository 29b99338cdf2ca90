package org.mssante.server.storage.queue;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server among those that share one PostgreSQL. As long as it lives it holds an advisory lock on a number of its own, on a
 * connection kept for that; what it takes off a queue bears the number. Where the lock of another number is free that server
 * has died, and its mails are ready again at once, instead of after the visibility time-out. A server that only lost its
 * connection finds, when it settles a mail that was taken again meanwhile, that it has it no longer.
 */
public final class QueueNode implements AutoCloseable {
    /** The number of a server that has its database for itself. */
    public static final int ALONE = 0;

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueNode.class);

    /** Of the two keys of a lock the first, so that nobody else's numbers meet ours. */
    private static final int LOCKS = 0x4D535351;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final int number = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Database database;
    private final Clock clock;
    private final Thread thread;

    private QueueNode(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.thread = new Thread(this::run, "queue-node");
    }

    /**
     * Joins the servers of this database, and takes over what dead ones had in hand.
     *
     * @throws StartupFailure where the database does not answer
     */
    public static QueueNode join(Database database, Clock clock) {
        QueueNode node = new QueueNode(database, clock);
        node.thread.setDaemon(true);
        node.thread.start();
        try {
            node.joined.join();
            return node;
        } catch (CompletionException e) {
            node.close();
            throw new StartupFailure(
                    "The mail database gives no connection beside its pool ("
                            + e.getCause().getMessage() + "): raise the number of connections it allows.",
                    e);
        }
    }

    /** Borne by what this server has in hand. */
    public int number() {
        return number;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                stay();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns once the connection has broken, or at the end; our number is free then, for whoever looks next. */
    private void stay() throws InterruptedException {
        try (Connection connection = present()) {
            do {
                takeOver(connection);
                joined.complete(null);
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (SQLException | RuntimeException e) {
            // the outermost loop of this thread: the next connection holds the same number again
            joined.completeExceptionally(e);
            LOGGER.warn("this server is not seen by the others of its database, trying again: {}", FailureTrail.of(e));
        }
    }

    /** A connection that holds our number; the lock first, so that nobody finds a number without one. */
    private Connection present() throws SQLException {
        Connection connection = database.openApart();
        try {
            connection.setAutoCommit(true);
            call(connection, "SELECT pg_advisory_lock(?, ?)", number);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO queue_node (number) VALUES (?) ON CONFLICT DO NOTHING")) {
                insert.setInt(1, number);
                insert.executeUpdate();
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void takeOver(Connection connection) throws SQLException {
        for (int other : others(connection)) {
            if (call(connection, "SELECT pg_try_advisory_lock(?, ?)", other)) {
                try {
                    inherit(connection, other);
                } finally {
                    call(connection, "SELECT pg_advisory_unlock(?, ?)", other);
                }
            }
        }
    }

    private List<Integer> others(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT number FROM queue_node WHERE number <> ?")) {
            select.setInt(1, number);
            List<Integer> others = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    others.add(rows.getInt(1));
                }
            }
            return others;
        }
    }

    private void inherit(Connection connection, int dead) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement release = connection.prepareStatement(
                        "UPDATE queue_item SET in_hand = FALSE, next_delivery = ? WHERE in_hand = TRUE AND holder = ?");
                PreparedStatement forget = connection.prepareStatement("DELETE FROM queue_node WHERE number = ?")) {
            Times.set(release, 1, clock.instant());
            release.setInt(2, dead);
            int mails = release.executeUpdate();
            forget.setInt(1, dead);
            forget.executeUpdate();
            connection.commit();
            LOGGER.info(
                    "a server of this database has ended; {} mails it had in hand are in their queues again", mails);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean call(Connection connection, String lock, int number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            select.setInt(1, LOCKS);
            select.setInt(2, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                // pg_advisory_lock itself answers nothing
                return row.getObject(1) instanceof Boolean held && held;
            }
        }
    }
}
