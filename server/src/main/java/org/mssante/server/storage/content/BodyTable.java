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
    private static final Orphans UNUSED = new Orphans("body", """
                    NOT EXISTS (SELECT 1 FROM message WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM attachment WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM queue_item WHERE body_id = old.id)
                    AND NOT EXISTS (SELECT 1 FROM repository_mail WHERE body_id = old.id)""");

    private final Database database;
    private final Clock clock;
    private final Duration grace;

    public BodyTable(Database database, Clock clock, Duration grace) {
        this.database = database;
        this.clock = clock;
        this.grace = grace;
    }

    /** Stores the body unless it is there already; returns its id. Runs in the caller's transaction. */
    public long store(Connection connection, MailContent content) throws SQLException {
        if (content instanceof StoredContent stored) {
            return stored.bodyId();
        }
        return store(connection, (SpooledContent) content);
    }

    private long store(Connection connection, SpooledContent content) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("SELECT id, touched FROM body WHERE hash = ? AND octets = ? ORDER BY id")) {
            find.setBytes(1, content.hash());
            find.setLong(2, content.bodyOctets());
            try (ResultSet rows = find.executeQuery()) {
                if (rows.next() && keep(connection, rows.getLong(1), Times.instant(rows, 2))) {
                    return rows.getLong(1);
                }
            }
        }
        return insert(connection, content);
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
        return UNUSED.sweep(database, clock.instant().minus(grace));
    }

    /** Whether the body outlives this transaction; refreshes it only once in a while, to spare writes. */
    private boolean keep(Connection connection, long id, Instant touched) throws SQLException {
        Instant now = clock.instant();
        if (touched.isAfter(now.minus(grace.dividedBy(4)))) {
            return true;
        }
        try (PreparedStatement touch = connection.prepareStatement("UPDATE body SET touched = ? WHERE id = ?")) {
            Times.set(touch, 1, now);
            touch.setLong(2, id);
            return touch.executeUpdate() == 1;
        }
    }

    private long insert(Connection connection, SpooledContent content) throws SQLException {
        long id;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO body (hash, octets, touched) VALUES (?, ?, ?)", new String[] {"id"})) {
            insert.setBytes(1, content.hash());
            insert.setLong(2, content.bodyOctets());
            Times.set(insert, 3, clock.instant());
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                id = keys.getLong(1);
            }
        }
        try (InputStream body = content.openBody();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO body_chunk (body_id, seq, data) VALUES (?, ?, ?)")) {
            byte[] chunk = body.readNBytes(CHUNK);
            for (int seq = 0; chunk.length > 0; seq++, chunk = body.readNBytes(CHUNK)) {
                insert.setLong(1, id);
                insert.setInt(2, seq);
                insert.setBytes(3, chunk);
                insert.executeUpdate();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A spooled mail could not be read back", e);
        }
        return id;
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
