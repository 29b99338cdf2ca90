package org.mssante.server.storage.search;

import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the text of messages into {@code message_search}, after they were delivered and beside everything else. Searches do
 * not wait for it: what is not there yet they read. Several nodes may do so at once; the work is only done twice then.
 */
public final class TextIndexer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TextIndexer.class);
    private static final int BATCH = 20;
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "text-indexer");
        thread.setDaemon(true);
        return thread;
    });
    private final Database database;
    private final BodyTable bodies;
    private final int limit;

    /** @param limit characters of text of one message; a longer one is read at each search */
    public TextIndexer(Database database, BodyTable bodies, int limit) {
        this.database = database;
        this.bodies = bodies;
        this.limit = limit;
    }

    public void start() {
        executor.execute(() -> orLater(this::adopt));
        var unused = executor.scheduleWithFixedDelay(
                () -> orLater(this::index), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Goes on until the text of every message is there. */
    public void index() {
        while (!executor.isShutdown() && indexSome()) {
            LOGGER.debug("more messages whose text is not there");
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    /** Messages that are older than the table. */
    private void adopt() {
        List<UUID> unknown = database.read(connection -> SearchTable.unknown(connection, BATCH));
        while (!unknown.isEmpty() && !executor.isShutdown()) {
            for (UUID message : unknown) {
                Optional<Stored> stored = stored(message);
                database.transaction(connection -> {
                    if (stored.isPresent()) {
                        SearchTable.insert(connection, message, stored.get().prefix());
                    }
                    return stored;
                });
            }
            unknown = database.read(connection -> SearchTable.unknown(connection, BATCH));
        }
    }

    private boolean indexSome() {
        Map<UUID, CollectedText> texts = new HashMap<>();
        for (UUID message : database.read(connection -> SearchTable.pending(connection, BATCH))) {
            stored(message).ifPresent(stored -> texts.put(message, text(message, stored)));
        }
        database.transaction(connection -> {
            for (Map.Entry<UUID, CollectedText> text : texts.entrySet()) {
                SearchTable.setText(connection, text.getKey(), text.getValue());
            }
            return texts;
        });
        return texts.size() == BATCH;
    }

    /** What cannot be read is given up for good, so that it holds up no other: each search reads that message itself. */
    private CollectedText text(UUID message, Stored stored) {
        CollectedText text = new CollectedText(limit);
        try (InputStream content = bodies.open(stored.prefix(), stored.body())) {
            MimeText.read(content, text);
        } catch (StorageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOGGER.warn("the text of message {} cannot be stored: {}", message, FailureTrail.of(e));
            text.giveUp();
        }
        return text;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared: a carrier between two methods
    private record Stored(byte[] prefix, long body) {}

    private Optional<Stored> stored(UUID message) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT prefix, body_id FROM message WHERE id = ?")) {
                select.setObject(1, message);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(new Stored(row.getBytes(1), row.getLong(2))) : Optional.empty();
                }
            }
        });
    }

    private static void orLater(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOGGER.warn("the text of messages cannot be stored, trying again later: {}", FailureTrail.of(e));
        }
    }
}
