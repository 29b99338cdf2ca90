package org.mssante.dmp.bridge.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mssante.dmp.bridge.extract.MailHeader;

/** The mails the bridge has accepted. Thread-safe. */
public final class MessageLedger {
    private static final String SEPARATOR = "\n";

    private final LedgerDatabase database;
    private final Worker worker;

    public MessageLedger(LedgerDatabase database, Worker worker) {
        this.database = database;
        this.worker = worker;
    }

    /**
     * Streams a mail into the database. It is durable when this returns; the same mail for the same recipients is kept
     * once.
     *
     * @throws MessageTooLargeException above the limit
     */
    public Delivery accept(String sender, List<String> recipients, InputStream content, long limit)
            throws MessageTooLargeException {
        MessageInput input = new MessageInput(content, limit);
        String envelope = String.join(SEPARATOR, recipients.stream().sorted().toList());
        try {
            return database.transaction(connection -> {
                long id = insert(connection, sender, envelope, input);
                String sha256 = input.sha256();
                String messageId = MailHeader.of(input.head()).messageId();
                String key = MailHeader.sha256(
                        (messageId + SEPARATOR + envelope + SEPARATOR + sha256).getBytes(StandardCharsets.UTF_8));
                OptionalLong twin = find(connection, key);
                if (twin.isPresent()) {
                    connection.rollback();
                    return new Delivery(twin.getAsLong(), messageId, sha256, input.size(), true);
                }
                complete(connection, id, key, messageId, sha256, input.size());
                return new Delivery(id, messageId, sha256, input.size(), false);
            });
        } catch (LedgerFailure e) {
            if (input.isTooLarge()) {
                throw new MessageTooLargeException(limit);
            }
            throw e;
        }
    }

    /** A mail whose documents are to be found, claimed for this instance: on the disk, so that a crash is counted. */
    public Optional<Claimed> nextReceived() {
        return database.found(connection -> Claim.next(connection, "message", "id", List.of("RECEIVED"), worker));
    }

    public StoredMessage message(long id) {
        return database.lazily(connection -> read(connection, id, Integer.MAX_VALUE));
    }

    /** A mail of which only the beginning is read: enough for its header. */
    public StoredMessage head(long id) {
        return database.lazily(connection -> read(connection, id, MessageInput.HEAD));
    }

    /** Gives a claimed mail back for later. */
    public void postpone(long id, Instant dueAt) {
        database.lazily(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE message SET claimed_by = NULL, due_at = ? WHERE id = ?")) {
                update.setObject(1, dueAt.atOffset(ZoneOffset.UTC));
                update.setLong(2, id);
                return update.executeUpdate();
            }
        });
    }

    /** Gives back a mail that could not be taken apart. */
    public void failed(long id, Instant dueAt) {
        database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE message SET claimed_by = NULL, failures = failures + 1, due_at = ? WHERE id = ?")) {
                update.setObject(1, dueAt.atOffset(ZoneOffset.UTC));
                update.setLong(2, id);
                return update.executeUpdate();
            }
        });
    }

    private long insert(Connection connection, String sender, String envelope, MessageInput input) throws SQLException {
        OffsetDateTime now = worker.time();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO message (sender, recipients, content, received_at, state, due_at)"
                        + " VALUES (?, ?, ?, ?, 'RECEIVED', ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, sender);
            insert.setString(2, envelope);
            insert.setBinaryStream(3, input);
            insert.setObject(4, now);
            insert.setObject(5, now);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static OptionalLong find(Connection connection, String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id FROM message WHERE idempotency_key = ?")) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void complete(Connection connection, long id, String key, String messageId, String sha256, long size)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE message SET idempotency_key = ?, message_id = ?, sha256 = ?, size_octets = ? WHERE id = ?")) {
            update.setString(1, key);
            update.setString(2, messageId.length() <= 1_000 ? messageId : messageId.substring(0, 1_000));
            update.setString(3, sha256);
            update.setLong(4, size);
            update.setLong(5, id);
            update.executeUpdate();
        }
    }

    /** Those of an envelope, as the table holds them. */
    static List<String> recipients(String envelope) {
        return List.of(envelope.split(SEPARATOR, -1));
    }

    private static StoredMessage read(Connection connection, long id, int octets) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT message_id, sender, recipients, received_at, content, failures FROM message WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("there is no message " + id);
                }
                byte[] content;
                try (InputStream stream = row.getBinaryStream(5)) {
                    content = stream.readNBytes(octets);
                } catch (IOException e) {
                    throw new SQLException("the mail cannot be read", e);
                }
                return new StoredMessage(
                        id,
                        row.getString(1),
                        row.getString(2),
                        recipients(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        content,
                        row.getInt(6));
            }
        }
    }
}
