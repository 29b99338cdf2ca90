package org.mssante.core.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit for H2, which by itself writes what was committed now and then, and hardly ever forces it. One thread forces
 * again and again as long as somebody waits; all that was committed before it began shares one force, so that commits a
 * second may exceed forces a second. Thread-safe.
 *
 * <p>The thread is its own: H2 takes an interrupt of the thread that forces for the end of the force, and
 * threads of the mail server are interrupted when their requests are cancelled.
 *
 * <p>A force that failed is the last one: the system may have dropped what it could not write, and a later force that succeeds
 * would not bring it back. Until a restart, which reads what is on the disk, nothing is answered.
 */
final class GroupSync implements Durability {
    private static final Logger LOGGER = LoggerFactory.getLogger(GroupSync.class);

    /** How soon what nobody waits for is written, too. */
    private static final Duration UNWAITED_FOR = Duration.ofMillis(500);

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Force force;
    private final WriteGate gate;
    private final Thread thread;
    private CompletableFuture<Void> next = new CompletableFuture<>();
    private boolean wanted;
    private boolean closed;

    /**
     * @param force for this object alone, which closes it
     * @param gate between whose transactions it writes
     */
    GroupSync(Force force, WriteGate gate) {
        this.force = force;
        this.gate = gate;
        this.thread = new Thread(this::run, "database-sync");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void enter() {
        gate.enter();
    }

    @Override
    public Connection paced(Connection connection) {
        return PacedConnection.of(connection, this::pause);
    }

    private void pause() throws SQLException {
        if (force.isFull() && gate.isInside()) {
            gate.outside(this::await);
        }
    }

    @Override
    public void leave() {
        gate.leave();
    }

    @Override
    public void await() throws SQLException {
        if (gate.isInside()) {
            return;
        }
        try {
            join().join();
        } catch (CompletionException e) {
            throw new SQLException("what was committed could not be forced to the disk", e.getCause());
        }
    }

    @Override
    public void copy(Path file, Duration patience) throws IOException {
        force.copy(file, patience);
    }

    /** Whoever still waits is answered first. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> join() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw new SQLException("the database is closed");
            }
            wanted = true;
            changed.signal();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (force) {
            while (awaitGroup()) {
                settle(group());
            }
        } catch (Throwable e) { // whatever ends this thread, nobody may wait for it for ever
            LOGGER.error(
                    "commits can no longer be forced to the disk: none is answered until the server is restarted", e);
            stop(e);
        }
    }

    /** False at the end, with nobody waiting. */
    private boolean awaitGroup() throws InterruptedException {
        lock.lock();
        try {
            while (!wanted && !closed) {
                boolean late = !changed.await(UNWAITED_FOR.toMillis(), TimeUnit.MILLISECONDS);
                if (late && force.isBehind()) {
                    return true;
                }
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** From here on, whoever comes waits for the next force. */
    private CompletableFuture<Void> group() {
        lock.lock();
        try {
            CompletableFuture<Void> group = next;
            next = new CompletableFuture<>();
            wanted = false;
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void settle(CompletableFuture<Void> group) throws SQLException {
        try {
            force.force();
            group.complete(null);
        } catch (Throwable e) { // an Error, too, is this group's answer
            group.completeExceptionally(e);
            throw e;
        }
    }

    private void stop(Throwable cause) {
        lock.lock();
        try {
            closed = true;
            next.completeExceptionally(cause);
        } finally {
            lock.unlock();
        }
    }
}
