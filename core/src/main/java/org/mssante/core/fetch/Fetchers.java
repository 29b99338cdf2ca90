package org.mssante.core.fetch;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The few threads that fetch in the background; what does not fit into their queue is refused. Thread-safe. */
public final class Fetchers implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;
    /** Counts what is under way; each phase is one period without anything. */
    private final Phaser underWay = new Phaser();

    /**
     * @param atOnce fetches at once
     * @param waiting fetches that may wait for a thread
     */
    public Fetchers(int atOnce, int waiting) {
        this.threads =
                new ThreadPoolExecutor(atOnce, atOnce, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "fetch");
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException where too many wait already */
    @Override
    public void execute(Runnable fetch) {
        underWay.register();
        try {
            threads.execute(() -> {
                try {
                    fetch.run();
                } finally {
                    underWay.arriveAndDeregister();
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.arriveAndDeregister();
            throw e;
        }
    }

    /** Returns once nothing is under way, or after {@code patience}. */
    public void awaitIdle(Duration patience) {
        int phase = underWay.register();
        underWay.arriveAndDeregister();
        try {
            underWay.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
