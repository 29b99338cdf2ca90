package org.mssante.core.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets transactions through, except while somebody needs the database as it is between them. Thread-safe. */
final class WriteGate {
    private static final Logger LOGGER = LoggerFactory.getLogger(WriteGate.class);

    private final ReentrantReadWriteLock transactions = new ReentrantReadWriteLock();

    /** Before a transaction, also inside another one of the same thread. */
    void enter() {
        transactions.readLock().lock();
    }

    /** After it. */
    void leave() {
        transactions.readLock().unlock();
    }

    /**
     * Lets the work run outside, for a thread that is inside, perhaps several times, and between two statements. It comes in
     * again before those that wait to begin: others may wait for what it has changed.
     */
    void outside(PacedConnection.Pause work) throws SQLException {
        int inside = transactions.getReadHoldCount();
        for (int i = 0; i < inside; i++) {
            leave();
        }
        try {
            work.take();
        } finally {
            for (int i = 0; i < inside; i++) {
                if (!transactions.readLock().tryLock()) {
                    enter();
                }
            }
        }
    }

    /** Whether the calling thread is inside a transaction. */
    boolean isInside() {
        return transactions.getReadHoldCount() > 0;
    }

    /**
     * Runs the action while no transaction is open. Those that are open are waited for, those that begin wait; where one does
     * not end within the patience, the action runs beside it all the same, since others wait for the action.
     */
    void between(Runnable action, Duration patience) {
        boolean quiet = false;
        try {
            quiet = transactions.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (!quiet) {
                LOGGER.warn(
                        "a transaction has been open for more than {}: the database is written beside it", patience);
            }
            action.run();
        } finally {
            if (quiet) {
                transactions.writeLock().unlock();
            }
        }
    }

    /** Lets transactions begin until the patience is over, and from then on none, until its end. */
    final class Closing {
        private final CountDownLatch ended = new CountDownLatch(1);

        private Closing(Duration patience) {
            Thread holding = new Thread(() -> hold(patience), "database-copy");
            holding.setDaemon(true);
            holding.start();
        }

        void end() {
            ended.countDown();
        }

        private void hold(Duration patience) {
            try {
                if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    transactions.writeLock().lock();
                    try {
                        ended.await();
                    } finally {
                        transactions.writeLock().unlock();
                    }
                }
            } catch (InterruptedException e) {
                // the process ends: nobody has to wait any more
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @param patience after which no transaction begins any more */
    Closing closeAfter(Duration patience) {
        return new Closing(patience);
    }
}
