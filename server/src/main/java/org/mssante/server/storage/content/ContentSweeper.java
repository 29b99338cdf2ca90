package org.mssante.server.storage.content;

import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.StorageException;
import org.mssante.server.storage.sql.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are in no mailbox any more and bodies that nothing refers to, once nobody has begun to refer to them
 * for the length of a grace. Runs by itself from {@link #start} to {@link #close}; several nodes may sweep one database.
 */
public final class ContentSweeper implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ContentSweeper.class);
    private static final Orphans MESSAGES =
            new Orphans("message", "NOT EXISTS (SELECT 1 FROM mailbox_message WHERE message_id = old.id)");

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "content-sweeper");
        thread.setDaemon(true);
        return thread;
    });
    private final Database database;
    private final BodyTable bodies;
    private final Clock clock;
    private final Duration grace;

    public ContentSweeper(Database database, BodyTable bodies, Clock clock, Duration grace) {
        this.database = database;
        this.bodies = bodies;
        this.clock = clock;
        this.grace = grace;
    }

    public void start() {
        long period = Math.max(1, grace.toMillis() / 2);
        var unused = executor.scheduleWithFixedDelay(this::sweepOrWait, period, period, TimeUnit.MILLISECONDS);
    }

    /** Sweeps until nothing is left to delete. */
    public void sweep() {
        boolean more = true;
        while (more) {
            more = sweepMessages();
        }
        more = true;
        while (more) {
            more = bodies.sweep();
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private void sweepOrWait() {
        try {
            sweep();
        } catch (StorageException e) {
            LOGGER.warn("the database could not be swept, trying again later: {}", FailureTrail.of(e));
        }
    }

    /** False once nothing is left. */
    private boolean sweepMessages() {
        Instant before = clock.instant().minus(grace);
        database.transaction(connection -> {
            try (PreparedStatement attachments = connection.prepareStatement(
                    "DELETE FROM attachment WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = message_id)"
                            + " AND body_id IN (SELECT b.id FROM body b WHERE b.touched < ?)")) {
                Times.set(attachments, 1, before);
                return attachments.executeUpdate();
            }
        });
        return MESSAGES.sweep(database, before);
    }
}
