package org.mssante.server.storage.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.FluxSink;

/**
 * One subscription to a queue: a thread of its own that takes as many items as the subscriber asked for, and no more. It
 * ends with the subscription, at the latest after one poll. A database that does not answer is asked again.
 */
final class QueueReader implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueReader.class);
    private static final int BATCH = 32;

    private final FluxSink<JdbcMailQueueItem> sink;
    private final IntFunction<List<JdbcMailQueueItem>> take;
    private final Signal signal;
    private final Duration poll;

    /** @param take takes at most so many items off the queue */
    QueueReader(
            FluxSink<JdbcMailQueueItem> sink, IntFunction<List<JdbcMailQueueItem>> take, Signal signal, Duration poll) {
        this.sink = sink;
        this.take = take;
        this.signal = signal;
        this.poll = poll;
    }

    @Override
    public void run() {
        try {
            while (!sink.isCancelled()) {
                long seen = signal.seen();
                List<JdbcMailQueueItem> items = next();
                items.forEach(this::emit);
                if (items.isEmpty()) {
                    signal.await(seen, poll);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sink.complete();
        }
    }

    private List<JdbcMailQueueItem> next() {
        int wanted = (int) Math.min(BATCH, sink.requestedFromDownstream());
        if (wanted == 0) {
            return List.of();
        }
        try {
            return take.apply(wanted);
        } catch (RuntimeException e) {
            // an absent database: loud, and never the end of the queue
            LOGGER.warn("a mail queue cannot be read, trying again: {}", FailureTrail.of(e));
            return List.of();
        }
    }

    private void emit(JdbcMailQueueItem item) {
        if (sink.isCancelled()) {
            item.giveBack();
        } else {
            sink.next(item);
        }
    }
}
