package org.mssante.server.storage.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.Times;

/**
 * The tables {@code body} and {@code body_chunk}. Thread-safe.
 *
 * <p>Nothing counts references: {@link #sweep()} deletes a body that no row refers to and that nothing began to refer to
 * for the length of the grace. {@link #store} refreshes that instant in its caller's transaction, so a body found again is
 * never swept under the feet of its new owner.
 */
public final class BodyTable {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS_AT_ONCE = 16;
    /** Octets of a body that come and go in one transaction: what a transaction changes is in memory when it commits. */
    private static final int SLICE = CHUNKS_AT_ONCE * CHUNK;
    /** In the place of the hash of a body that is not whole: nobody looks for it. */
    private static final byte[] NOT_WHOLE = {};

    private static final Orphans UNUSED = new Orphans("body", """
                    NOT EXISTS (SELECT 1 FROM message WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM attachment WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM queue_item WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM repository_mail WHERE body_id = old.id)""");
    private static final Orphans UNUSED_AND_LARGE =
            new Orphans("body", "old.octets > " + SLICE + " AND " + UNUSED.unused());

    private final Database database;
    private final Clock clock;
    private final Duration grace;

    public BodyTable(Database database, Clock clock, Duration grace) {
        this.database = database;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Stores a large body before the transaction that will {@link #store} it and then only refers to it, in transactions of a
     * bounded size, none of which is waited for. Nobody finds it before it is whole; if nobody refers to it, it is swept.
     */
    public void storeAhead(MailContent content) {
        if (content instanceof SpooledContent spooled && spooled.bodyOctets() > SLICE && !isStored(spooled)) {
            long id = database.lazily(connection -> insertRow(connection, NOT_WHOLE, spooled.bodyOctets()));
            try (InputStream body = spooled.openBody()) {
                int seq = 0;
                for (byte[] read = body.readNBytes(SLICE); read.length > 0; read = body.readNBytes(SLICE)) {
                    int first = seq;
                    byte[] slice = read;
                    seq = database.lazily(
                            connection -> insertChunks(connection, id, first, new ByteArrayInputStream(slice)));
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
            database.lazily(connection -> complete(connection, id, spooled.hash()));
        }
    }

    /** Stores the body unless it is there already; returns its id. Runs in the caller's transaction. */
    public long store(Connection connection, MailContent content) throws SQLException {
        if (content instanceof StoredContent stored) {
            return stored.bodyId();
        }
        return store(connection, (SpooledContent) content);
    }

    private long store(Connection connection, SpooledContent content) throws SQLException {
        Optional<Long> stored = find(connection, content);
        if (stored.isPresent()) {
            return stored.get();
        }
        long id = insertRow(connection, content.hash(), content.bodyOctets());
        try (InputStream body = content.openBody()) {
            insertChunks(connection, id, 0, body);
        } catch (IOException e) {
            throw unreadable(e);
        }
        return id;
    }

    private boolean isStored(SpooledContent content) {
        return database.lazily(connection -> find(connection, content)).isPresent();
    }

    /** The same body, kept for whoever is about to refer to it. */
    private Optional<Long> find(Connection connection, SpooledContent content) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("SELECT id, touched FROM body WHERE hash = ? AND octets = ? ORDER BY id")) {
            find.setBytes(1, content.hash());
            find.setLong(2, content.bodyOctets());
            try (ResultSet rows = find.executeQuery()) {
                return rows.next() && keep(connection, rows.getLong(1), content.hash(), Times.instant(rows, 2))
                        ? Optional.of(rows.getLong(1))
                        : Optional.empty();
            }
        }
    }

    /** The whole mail: its prefix, then its body read from the database piece by piece as it is asked for. */
    public InputStream open(byte[] prefix, long bodyId) {
        return new SequenceInputStream(new ByteArrayInputStream(prefix), open(bodyId));
    }

    /** The body alone. The stream holds no connection between two reads. */
    public InputStream open(long bodyId) {
        return new ChunkedInputStream(CHUNK, seq -> database.read(connection -> chunk(connection, bodyId, seq)));
    }

    /** The length of a body. */
    public long octets(long bodyId) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT octets FROM body WHERE id = ?")) {
                select.setLong(1, bodyId);
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new SQLDataException("the body " + bodyId + " is no longer there");
                    }
                    return rows.getLong(1);
                }
            }
        });
    }

    /**
     * Deletes bodies nobody refers to any more, a bounded number at a time.
     *
     * @return false once none are left
     */
    public boolean sweep() {
        Instant before = clock.instant().minus(grace);
        UNUSED_AND_LARGE.find(database, before).forEach(id -> takeApart((long) id, before));
        return UNUSED.sweep(database, before);
    }

    /** Deletes its chunks, unless somebody has begun to refer to it. From the first one on nobody finds it any more. */
    private void takeApart(long id, Instant before) {
        boolean more = database.lazily(connection -> withdraw(connection, id, before)) == 1;
        while (more) {
            more = database.lazily(connection -> deleteChunks(connection, id)) > 0;
        }
    }

    private static int withdraw(Connection connection, long id, Instant before) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE body old SET hash = ? WHERE old.id = ? AND old.touched < ? AND " + UNUSED.unused())) {
            update.setBytes(1, NOT_WHOLE);
            update.setLong(2, id);
            Times.set(update, 3, before);
            return update.executeUpdate();
        }
    }

    /** Whether the body outlives this transaction; refreshes it only once in a while, to spare writes. */
    private boolean keep(Connection connection, long id, byte[] hash, Instant touched) throws SQLException {
        Instant now = clock.instant();
        if (touched.isAfter(now.minus(grace.dividedBy(4)))) {
            return true;
        }
        try (PreparedStatement touch =
                connection.prepareStatement("UPDATE body SET touched = ? WHERE id = ? AND hash = ?")) {
            Times.set(touch, 1, now);
            touch.setLong(2, id);
            touch.setBytes(3, hash); // it may be taken apart by now
            return touch.executeUpdate() == 1;
        }
    }

    private long insertRow(Connection connection, byte[] hash, long octets) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO body (hash, octets, touched) VALUES (?, ?, ?)", new String[] {"id"})) {
            insert.setBytes(1, hash);
            insert.setLong(2, octets);
            Times.set(insert, 3, clock.instant());
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /** Inserts all that the stream holds; returns the number behind the last chunk. */
    private static int insertChunks(Connection connection, long id, int first, InputStream body)
            throws SQLException, IOException {
        int seq = first;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO body_chunk (body_id, seq, data) VALUES (?, ?, ?)")) {
            for (byte[] chunk = body.readNBytes(CHUNK); chunk.length > 0; chunk = body.readNBytes(CHUNK)) {
                insert.setLong(1, id);
                insert.setInt(2, seq++);
                insert.setBytes(3, chunk);
                insert.executeUpdate();
            }
        }
        return seq;
    }

    private static int deleteChunks(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM body_chunk WHERE body_id = ? AND seq IN"
                        + " (SELECT seq FROM body_chunk WHERE body_id = ? ORDER BY seq LIMIT " + CHUNKS_AT_ONCE
                        + ")")) {
            delete.setLong(1, id);
            delete.setLong(2, id);
            return delete.executeUpdate();
        }
    }

    private int complete(Connection connection, long id, byte[] hash) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE body SET hash = ?, touched = ? WHERE id = ?")) {
            update.setBytes(1, hash);
            Times.set(update, 2, clock.instant());
            update.setLong(3, id);
            return update.executeUpdate();
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("A spooled mail could not be read back", e);
    }

    /** Empty behind the last one. A body that is not all there is an error, never a shorter body. */
    private static byte[] chunk(Connection connection, long bodyId, int seq) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT b.octets, c.data FROM body b LEFT JOIN body_chunk c ON c.body_id = b.id AND c.seq = ?
                WHERE b.id = ?""")) {
            select.setInt(1, seq);
            select.setLong(2, bodyId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLDataException("the body " + bodyId + " is no longer there");
                }
                Optional<byte[]> data = Optional.ofNullable(rows.getBytes(2));
                long chunks = (rows.getLong(1) + CHUNK - 1) / CHUNK;
                if (data.isEmpty() && seq < chunks) {
                    throw new SQLDataException("the body " + bodyId + " has lost its chunk " + seq);
                }
                return data.orElse(new byte[0]);
            }
        }
    }
}
