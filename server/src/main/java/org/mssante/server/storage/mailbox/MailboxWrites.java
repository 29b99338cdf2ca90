package org.mssante.server.storage.mailbox;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.sql.StorageException;

/**
 * Everything that changes which messages a mailbox holds, or their flags: one method a change, one transaction a call. The
 * order of locks is the same everywhere: mailboxes by id, then rows of messages, then quotas. Thread-safe.
 */
final class MailboxWrites {
    private final MailboxDatabase database;
    private final MessageTable messages;
    private final MessageRows rows;
    private final Clock clock;

    MailboxWrites(MailboxDatabase database, MessageTable messages, MessageRows rows, Clock clock) {
        this.database = database;
        this.messages = messages;
        this.rows = rows;
        this.clock = clock;
    }

    /** Stores a message and puts it into a mailbox, with the next UID. */
    MessageMetaData add(Reader reader, MailboxId mailbox, MailboxMessage message) throws MailboxException {
        Instant saveDate = now();
        try (SpooledContent content = spool(message)) {
            storeAhead(content);
            return database.transaction(connection -> {
                messages.storeUnlessStored(connection, MessageFacts.of(message), content);
                LockedMailbox target = lock(connection, mailbox);
                MessageMetaData added = place(connection, target, message, message.createFlags(), saveDate, reader);
                target.save(connection);
                return added;
            });
        }
    }

    /** Puts messages into one more mailbox, all or none. A copy is recent there (RFC 3501 §6.4.7). */
    List<MessageMetaData> copy(Reader reader, MailboxId mailbox, List<MailboxMessage> originals)
            throws MailboxException {
        Instant saveDate = now();
        storeUnlessStored(originals);
        return database.transaction(connection -> {
            LockedMailbox target = lock(connection, mailbox);
            List<MessageMetaData> copies = new ArrayList<>();
            for (MailboxMessage original : originals) {
                keep(connection, original);
                copies.add(placeCopy(connection, reader, target, original, saveDate));
            }
            target.save(connection);
            return copies;
        });
    }

    /**
     * Takes messages out of their mailboxes into another, all or none (RFC 6851 §3.3). What somebody else took out since it
     * was read is left out: two who move a message at the same time move it once.
     */
    List<MessageMetaData> move(Reader reader, MailboxId mailbox, List<MailboxMessage> originals)
            throws MailboxException {
        Instant saveDate = now();
        storeUnlessStored(originals);
        return database.transaction(connection -> {
            Map<MailboxId, LockedMailbox> locked = lockAll(
                    connection,
                    Stream.concat(Stream.of(mailbox), originals.stream().map(MailboxMessage::getMailboxId)));
            LockedMailbox target = locked.get(mailbox);
            List<MessageMetaData> moved = new ArrayList<>();
            for (MailboxMessage original : originals) {
                LockedMailbox source = locked.get(original.getMailboxId());
                if (messages.holds(connection, source.id(), original.getUid())) {
                    keep(connection, original);
                    moved.add(placeCopy(connection, reader, target, original, saveDate));
                    remove(connection, source, original);
                }
            }
            for (LockedMailbox mailboxOfThem : locked.values()) {
                mailboxOfThem.save(connection);
            }
            return moved;
        });
    }

    /** Puts a message into a mailbox under the UID and modification sequence it already has. */
    void save(MailboxId mailbox, MailboxMessage message) throws MailboxException {
        Instant saveDate = now();
        storeUnlessStored(List.of(message));
        database.transaction(connection -> {
            LockedMailbox target = lock(connection, mailbox);
            keep(connection, message);
            target.reserve(message.getUid());
            put(
                    connection,
                    target,
                    message,
                    new MessageTable.Place(
                            target.id(), message.getUid(), message.getModSeq(), message.createFlags(), saveDate),
                    Reader.OWNER);
            target.save(connection);
            return message;
        });
    }

    /**
     * Changes flags under one new modification sequence.
     *
     * @param condition which of the mailbox's messages
     * @return also those whose flags were as wanted before, with the modification sequence they had
     */
    List<UpdatedFlags> updateFlags(
            Reader reader, MailboxId mailbox, FlagsUpdateCalculator calculator, String condition, Bindings bindings)
            throws MailboxException {
        return database.transaction(connection -> {
            LockedMailbox target = lock(connection, mailbox);
            Optional<ModSeq> modSeq = Optional.empty();
            List<UpdatedFlags> updated = new ArrayList<>();
            Map<MessageUid, Flags> written = new LinkedHashMap<>();
            for (StoredMessage message : select(connection, reader, target, condition, bindings)) {
                Flags before = message.createFlags();
                Flags after = calculator.buildNewFlags(before);
                boolean changed = UpdatedFlags.flagsChanged(before, after);
                if (changed) {
                    modSeq = modSeq.or(() -> Optional.of(target.nextModSeq()));
                    written.put(message.getUid(), after);
                }
                updated.add(UpdatedFlags.builder()
                        .uid(message.getUid())
                        .messageId(message.getMessageId())
                        .modSeq(changed ? modSeq.get() : message.getModSeq())
                        .oldFlags(before)
                        .newFlags(after)
                        .build());
            }
            if (modSeq.isPresent()) {
                messages.setFlags(connection, target.id(), modSeq.get(), written, reader);
            }
            target.save(connection);
            return updated;
        });
    }

    /**
     * Takes messages out of a mailbox.
     *
     * @param condition which of the mailbox's messages
     * @return what they were, by UID
     */
    Map<MessageUid, MessageMetaData> delete(Reader reader, MailboxId mailbox, String condition, Bindings bindings)
            throws MailboxException {
        return database.transaction(connection -> {
            LockedMailbox target = lock(connection, mailbox);
            Map<MessageUid, MessageMetaData> deleted = new HashMap<>();
            for (StoredMessage message : select(connection, reader, target, condition, bindings)) {
                remove(connection, target, message);
                deleted.put(message.getUid(), message.metaData());
            }
            target.save(connection);
            return deleted;
        });
    }

    private List<StoredMessage> select(
            Connection connection, Reader reader, LockedMailbox mailbox, String condition, Bindings bindings)
            throws SQLException {
        return rows.find(
                connection,
                reader,
                FetchType.METADATA,
                "mm.mailbox_id = ? AND " + condition + " ORDER BY mm.uid",
                statement -> {
                    statement.setObject(1, mailbox.id());
                    bindings.set(statement);
                });
    }

    /** Whoever has seen a message has seen its copy. */
    private MessageMetaData placeCopy(
            Connection connection, Reader reader, LockedMailbox target, MailboxMessage original, Instant saveDate)
            throws SQLException {
        MessageMetaData copy = place(connection, target, original, recent(original), saveDate, reader);
        if (original instanceof StoredMessage stored) {
            UUID source = JdbcMailboxId.uuid(stored.getMailboxId());
            PersonalSeen.copy(connection, source, stored.getUid(), target.id(), copy.getUid());
        }
        return copy;
    }

    private MessageMetaData place(
            Connection connection,
            LockedMailbox target,
            MailboxMessage message,
            Flags flags,
            Instant saveDate,
            Reader reader)
            throws SQLException {
        MessageTable.Place place =
                new MessageTable.Place(target.id(), target.nextUid(), target.nextModSeq(), flags, saveDate);
        put(connection, target, message, place, reader);
        return new MessageMetaData(
                place.uid(),
                place.modSeq(),
                flags,
                message.getFullContentOctets(),
                message.getInternalDate(),
                Optional.of(Date.from(saveDate)),
                message.getMessageId(),
                message.getThreadId());
    }

    private void put(
            Connection connection,
            LockedMailbox target,
            MailboxMessage message,
            MessageTable.Place place,
            Reader reader)
            throws SQLException {
        messages.place(connection, JdbcMessageId.uuid(message.getMessageId()), place, reader);
        target.count(1, message.getFullContentOctets());
    }

    private void remove(Connection connection, LockedMailbox source, MailboxMessage message) throws SQLException {
        if (messages.remove(connection, source.id(), message.getUid())) {
            source.count(-1, -message.getFullContentOctets());
        }
    }

    private void keep(Connection connection, MailboxMessage message) throws SQLException {
        if (!messages.touch(connection, JdbcMessageId.uuid(message.getMessageId()))) {
            throw new SQLDataException("the message " + message.getMessageId() + " is no longer there");
        }
    }

    /** A message that came from the database needs no second look at its bytes. */
    private void storeUnlessStored(List<MailboxMessage> candidates) throws MailboxException {
        for (MailboxMessage candidate : candidates) {
            if (candidate instanceof StoredMessage) {
                continue;
            }
            try (SpooledContent content = spool(candidate)) {
                storeAhead(content);
                database.transaction(connection -> {
                    messages.storeUnlessStored(connection, MessageFacts.of(candidate), content);
                    return content;
                });
            }
        }
    }

    private void storeAhead(SpooledContent content) throws MailboxException {
        try {
            messages.storeAhead(content);
        } catch (StorageException e) {
            throw MailboxDatabase.failure(e);
        }
    }

    private static SpooledContent spool(MailboxMessage message) throws MailboxException {
        try {
            return SpooledContent.ofMail(message.getFullContent());
        } catch (IOException e) {
            throw new MailboxException("A message could not be read", e);
        }
    }

    private static Flags recent(MailboxMessage message) {
        Flags flags = message.createFlags();
        flags.add(Flag.RECENT);
        return flags;
    }

    private static LockedMailbox lock(Connection connection, MailboxId mailbox) throws SQLException, MailboxException {
        return LockedMailbox.lock(connection, JdbcMailboxId.uuid(mailbox))
                .orElseThrow(() -> new MailboxNotFoundException(mailbox));
    }

    private static Map<MailboxId, LockedMailbox> lockAll(Connection connection, Stream<MailboxId> mailboxes)
            throws SQLException, MailboxException {
        Map<MailboxId, LockedMailbox> locked = new HashMap<>();
        for (UUID id : mailboxes.map(JdbcMailboxId::uuid).distinct().sorted().toList()) {
            MailboxId mailbox = new JdbcMailboxId(id);
            locked.put(mailbox, lock(connection, mailbox));
        }
        return locked;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
