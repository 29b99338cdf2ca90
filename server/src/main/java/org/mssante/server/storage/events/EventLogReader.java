package org.mssante.server.storage.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.sql.Database;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of the other nodes' events, on a thread and a connection of its own: {@code LISTEN} wakes it, the log says what
 * there is. Where the connection breaks it makes another one and goes on from where it was, so nothing is missed as long as
 * the log still holds it; what it does not hold any more is said loudly.
 */
final class EventLogReader implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventLogReader.class);

    /** Also how late an event may be whose notification was lost. */
    private static final Duration POLL = Duration.ofSeconds(1);
    /** How soon a waiting reader notices that it is closed. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Database database;
    private final EventLog log;
    private final Duration retention;
    private final Consumer<List<EventLog.Logged>> deliver;
    private final Thread thread;

    /** Ids of events read already, with their transactions: those that will be read again. */
    private final Map<Long, Long> read = new HashMap<>();

    private long from;
    private long lastRead = System.nanoTime();
    private long lastSweep = System.nanoTime();

    EventLogReader(Database database, EventLog log, Duration retention, Consumer<List<EventLog.Logged>> deliver) {
        this.database = database;
        this.log = log;
        this.retention = retention;
        this.deliver = deliver;
        this.thread = new Thread(this::run, "event-reader");
        thread.setDaemon(true);
    }

    /** @param now what was published before: not read */
    void start(LogSnapshot now) {
        from = now.xmin();
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(POLL.multipliedBy(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                listen();
                closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (Connection connection = database.openApart()) {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + EventLog.CHANNEL);
            }
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (closing.getCount() > 0) {
                readNews(connection);
                sweep(connection);
                awaitNews(notifications);
            }
        } catch (SQLException | RuntimeException e) {
            // the outermost loop of this thread: whatever happened, the next connection goes on from the same place
            LOGGER.warn("the events of other nodes cannot be read, trying again: {}", FailureTrail.of(e));
        }
    }

    /** Waits until somebody tells of news, but not longer than the poll, and not past the end of this reader. */
    private void awaitNews(PGConnection notifications) throws SQLException {
        long start = System.nanoTime();
        while (closing.getCount() > 0 && System.nanoTime() - start < POLL.toNanos()) {
            PGNotification[] told = notifications.getNotifications((int) LOOK_UP.toMillis());
            if (told != null && told.length > 0) {
                return;
            }
        }
    }

    private void readNews(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            // in front of the rows: what commits between the two statements is read now and once more, never skipped
            LogSnapshot snapshot = EventLog.snapshot(connection);
            log.readFrom(connection, from, page -> {
                List<EventLog.Logged> news = page.stream()
                        .filter(logged -> !read.containsKey(logged.id()))
                        .toList();
                deliver.accept(news);
                news.forEach(logged -> read.put(logged.id(), logged.transaction()));
            });
            connection.commit();
            from = snapshot.xmin();
            read.values().removeIf(transaction -> transaction < from);
        } finally {
            connection.setAutoCommit(true);
        }
        long now = System.nanoTime();
        if (now - lastRead > retention.toNanos()) {
            LOGGER.error(
                    "no event of other nodes could be read for {}, longer than storage.events.retention: IMAP sessions"
                            + " opened before may not know of every change; restart this node",
                    Duration.ofNanos(now - lastRead));
        }
        lastRead = now;
    }

    private void sweep(Connection connection) throws SQLException {
        long now = System.nanoTime();
        if (now - lastSweep > SWEEP.toNanos()) {
            lastSweep = now;
            EventLog.sweep(connection, retention);
        }
    }
}
