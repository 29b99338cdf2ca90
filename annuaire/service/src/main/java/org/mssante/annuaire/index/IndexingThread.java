package org.mssante.annuaire.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes and indexes documents beside the thread that reads and compares; what is too much for it, the caller does himself, so
 * that two processors have work and nothing piles up. To be used by one thread.
 */
final class IndexingThread implements Closeable {
    private static final int WAITING = 256;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
                Thread made = new Thread(work, "indexing");
                made.setDaemon(true);
                return made;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** One document's work. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** @throws IOException where earlier work failed */
    void take(Work work) throws IOException {
        throwFailure();
        thread.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    /**
     * Returns once all work taken is done.
     *
     * @throws IOException where some of it failed
     */
    void finish() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try {
            // past the policy: run by the caller it would overtake what waits
            thread.prestartCoreThread();
            thread.getQueue().put(done::countDown);
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while documents were indexed", e);
        }
        throwFailure();
    }

    /** Drops what waits and returns once nothing runs. */
    @Override
    public void close() throws IOException {
        thread.getQueue().clear();
        // no interrupt: Lucene would close its files
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("a document is still being indexed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a document was indexed", e);
        }
    }

    private void throwFailure() throws IOException {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException("a document could not be indexed", failed);
        }
    }
}
