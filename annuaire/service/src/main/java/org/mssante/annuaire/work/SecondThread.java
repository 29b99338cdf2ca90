package org.mssante.annuaire.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does work beside the thread that hands it over, piece by piece in the order it came, so that two processors have work; what waits is
 * bounded. To be used by one thread.
 */
public final class SecondThread implements Closeable {
    private final ThreadPoolExecutor thread;
    private final Overload overload;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** What the one who hands work over does where as much waits as may. */
    public enum Overload {
        /** This piece himself, at the same time as the other thread does another, and before those that wait. */
        DO_IT,
        /** Nothing, until there is room. */
        WAIT
    }

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** @param waiting pieces of work at most */
    public SecondThread(String name, int waiting, Overload overload) {
        this.overload = overload;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                work -> {
                    Thread made = new Thread(work, name);
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** @throws IOException where earlier work failed */
    public void take(Work work) throws IOException {
        throwFailure();
        Runnable piece = () -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        };
        if (overload == Overload.DO_IT) {
            thread.execute(piece);
        } else {
            queue(piece);
        }
    }

    /**
     * Returns once all work taken is done.
     *
     * @throws IOException where some of it failed
     */
    public void finish() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        queue(done::countDown);
        try {
            done.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    /** Drops what waits and returns once nothing runs. */
    @Override
    public void close() throws IOException {
        thread.getQueue().clear();
        // no interrupt: the files of who is interrupted would be closed
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("a piece of work does not end");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Past the policy: done by the caller it would overtake what waits. */
    private void queue(Runnable piece) throws IOException {
        try {
            thread.prestartCoreThread();
            thread.getQueue().put(piece);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while work was being done", cause);
    }

    private void throwFailure() throws IOException {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException("work handed over has failed", failed);
        }
    }
}
