package org.mssante.server.storage.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.sql.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes this node's events to the log, on one thread, in their order: whatever came while one transaction was written goes
 * into the next one. While the database does not answer, events wait here.
 */
final class EventPublisher implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventPublisher.class);
    private static final int WAITING = 100_000;
    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Ticket> waiting = new LinkedBlockingQueue<>(WAITING);
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final EventLog log;
    private final Thread thread;

    /** An event on its way into the log. */
    static final class Ticket {
        private final EventLog.Entry entry;
        private final CompletableFuture<Void> written = new CompletableFuture<>();

        private Ticket(EventLog.Entry entry) {
            this.entry = entry;
        }

        /** Waits until the other nodes can read the event, or no longer than is good: it is not lost then, only late. */
        void await() {
            try {
                written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOGGER.warn("an event waits for the database; other nodes hear of it later: {}", FailureTrail.of(e));
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody fails a ticket", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    EventPublisher(EventLog log) {
        this.log = log;
        this.thread = new Thread(this::run, "event-publisher");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Ticket publish(EventLog.Entry entry) {
        Ticket ticket = new Ticket(entry);
        try {
            waiting.put(ticket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOGGER.warn(
                    "interrupted before an event could be published; other nodes do not hear of it: {}",
                    FailureTrail.of(e));
            ticket.written.complete(null);
        }
        return ticket;
    }

    /** Writes what still waits, if the database answers. */
    @Override
    public void close() {
        closing.complete(null);
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.isDone() || !waiting.isEmpty()) {
                List<Ticket> batch = next();
                if (!batch.isEmpty()) {
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Ticket> next() throws InterruptedException {
        List<Ticket> batch = new ArrayList<>();
        Ticket first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
        }
        return batch;
    }

    private void write(List<Ticket> batch) throws InterruptedException {
        List<EventLog.Entry> entries =
                batch.stream().map(ticket -> ticket.entry).toList();
        while (!written(entries)) {
            if (pausedUntilClosed()) {
                LOGGER.error("{} events could not be published before the end; other nodes miss them", entries.size());
                return;
            }
        }
        batch.forEach(ticket -> ticket.written.complete(null));
    }

    private boolean written(List<EventLog.Entry> entries) {
        try {
            log.append(entries);
            return true;
        } catch (StorageException e) {
            LOGGER.warn("{} events cannot be published, trying again: {}", entries.size(), FailureTrail.of(e));
            return false;
        }
    }

    private boolean pausedUntilClosed() throws InterruptedException {
        try {
            closing.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails the end", e);
        }
    }
}
