package org.mssante.server.storage.sql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets writers through, except while a copy of the database could else never end: H2 copies its file until it has caught
 * up with what is written meanwhile, which under a load that saturates the disk is never. Thread-safe.
 */
final class CopyGate {
    private final ReadWriteLock writers = new ReentrantReadWriteLock();

    /** A copy that is being made. */
    final class Copying {
        private final CountDownLatch ended = new CountDownLatch(1);

        private Copying() {}

        void end() {
            ended.countDown();
        }

        private void holdWritersAfter(Duration patience) {
            try {
                if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    writers.writeLock().lock();
                    try {
                        ended.await();
                    } finally {
                        writers.writeLock().unlock();
                    }
                }
            } catch (InterruptedException e) {
                // the process ends: nobody has to wait any more
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Before a transaction, also inside another one of the same thread. */
    void enter() {
        writers.readLock().lock();
    }

    /** After it. */
    void leave() {
        writers.readLock().unlock();
    }

    /** @param patience how long writers go on before they wait for the end of the copy */
    Copying begin(Duration patience) {
        Copying copying = new Copying();
        Thread holding = new Thread(() -> copying.holdWritersAfter(patience), "storage-copy");
        holding.setDaemon(true);
        holding.start();
        return copying;
    }
}
