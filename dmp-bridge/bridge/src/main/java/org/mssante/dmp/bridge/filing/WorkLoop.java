package org.mssante.dmp.bridge.filing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that take one piece of work after the other. With nothing to do they sleep until {@link #wake()} or the next
 * look; a failing piece is logged, left to its claim's owner and tried again after a pause.
 */
public final class WorkLoop implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration END = Duration.ofSeconds(20);

    private final List<Task> tasks;
    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private long signals;
    private volatile boolean closed;

    /** One kind of work. */
    @FunctionalInterface
    public interface Task {
        /** Does one piece; false where there is none. */
        boolean step();
    }

    /** @param pause between two looks where there is nothing to do */
    public WorkLoop(List<Task> tasks, Duration pause) {
        this.tasks = List.copyOf(tasks);
        this.pause = pause;
    }

    public void start(int workers) {
        for (int i = 1; i <= workers; i++) {
            Thread thread = new Thread(this::run, "bridge-worker-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    /** There is new work. */
    public void wake() {
        lock.lock();
        try {
            signals++;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every worker end its piece. */
    @Override
    public void close() {
        closed = true;
        wake();
        for (Thread thread : threads) {
            try {
                thread.join(END.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run() {
        while (!closed) {
            long seen = signals();
            boolean worked = false;
            try {
                for (Task task : tasks) {
                    worked |= !closed && task.step();
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                // the outermost loop: a database that fails, one large mail, or a defect must not end the worker
                LOGGER.error("a piece of work failed and is tried again: {}", FailureTrail.of(e));
            }
            if (!worked) {
                sleep(seen);
            }
        }
    }

    private long signals() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(long seen) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && signals == seen && left > 0) {
                left = woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
