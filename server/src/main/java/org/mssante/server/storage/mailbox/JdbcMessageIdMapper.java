package org.mssante.server.storage.mailbox;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimap;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages by what they are, in whatever mailboxes they are. Thread-safe. */
public final class JdbcMessageIdMapper implements MessageIdMapper {
    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcMessageIdMapper.class);
    private static final String WITH_ID = "mm.message_id = ?";

    private final Database database;
    private final MessageRows rows;
    private final MailboxWrites writes;

    JdbcMessageIdMapper(Database database, MessageRows rows, MailboxWrites writes) {
        this.database = database;
        this.rows = rows;
        this.writes = writes;
    }

    @Override
    public List<MailboxMessage> find(Collection<MessageId> messageIds, FetchType fetchType) {
        Object[] ids = messageIds.stream().map(JdbcMessageId::uuid).toArray();
        return database.read(connection -> List.copyOf(rows.find(
                connection,
                Reader.OWNER,
                fetchType,
                "mm.message_id = ANY(?) ORDER BY mm.message_id, mm.mailbox_id, mm.uid",
                statement -> statement.setArray(1, connection.createArrayOf("UUID", ids)))));
    }

    @Override
    public Flux<MailboxMessage> findReactive(Collection<MessageId> messageIds, FetchType fetchType) {
        return Reactive.flux(() -> find(messageIds, fetchType));
    }

    @Override
    public Flux<ComposedMessageIdWithMetaData> findMetadata(MessageId messageId) {
        return findReactive(List.of(messageId), FetchType.METADATA)
                .map(MailboxMessage::getComposedMessageIdWithMetaData);
    }

    @Override
    public List<MailboxId> findMailboxes(MessageId messageId) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT DISTINCT mailbox_id FROM mailbox_message WHERE message_id = ? ORDER BY mailbox_id")) {
                select.setObject(1, JdbcMessageId.uuid(messageId));
                List<MailboxId> mailboxes = new ArrayList<>();
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        mailboxes.add(new JdbcMailboxId(found.getObject(1, UUID.class)));
                    }
                }
                return mailboxes;
            }
        });
    }

    @Override
    public void save(MailboxMessage message) throws MailboxException {
        writes.save(message.getMailboxId(), message);
    }

    /** Nothing to do where the message is in that mailbox already: a message is in a set of mailboxes (RFC 8621 §4.1.1). */
    @Override
    public void copyInMailbox(MailboxMessage message, Mailbox mailbox) throws MailboxException {
        if (!findMailboxes(message.getMessageId()).contains(mailbox.getMailboxId())) {
            writes.save(mailbox.getMailboxId(), message);
        }
    }

    @Override
    public void delete(MessageId messageId) {
        delete(messageId, findMailboxes(messageId));
    }

    @Override
    public void delete(MessageId messageId, Collection<MailboxId> mailboxIds) {
        for (MailboxId mailboxId : mailboxIds) {
            try {
                writes.delete(
                        Reader.OWNER,
                        mailboxId,
                        WITH_ID,
                        statement -> statement.setObject(2, JdbcMessageId.uuid(messageId)));
            } catch (MailboxNotFoundException e) {
                LOGGER.debug(
                        "mailbox {} is gone, and the message with it: {}", mailboxId.serialize(), FailureTrail.of(e));
            } catch (MailboxException e) {
                throw new IllegalStateException("A message could not be deleted", e);
            }
        }
    }

    @Override
    public Mono<Multimap<MailboxId, UpdatedFlags>> setFlags(
            MessageId messageId, List<MailboxId> mailboxIds, Flags newState, FlagsUpdateMode updateMode) {
        FlagsUpdateCalculator calculator = new FlagsUpdateCalculator(newState, updateMode);
        return Reactive.mono(() -> {
            ImmutableListMultimap.Builder<MailboxId, UpdatedFlags> updated = ImmutableListMultimap.builder();
            List<MailboxId> holders = findMailboxes(messageId);
            for (MailboxId mailboxId :
                    mailboxIds.stream().distinct().filter(holders::contains).toList()) {
                updated.putAll(
                        mailboxId,
                        writes.updateFlags(
                                Reader.OWNER,
                                mailboxId,
                                calculator,
                                WITH_ID,
                                statement -> statement.setObject(2, JdbcMessageId.uuid(messageId))));
            }
            return updated.build();
        });
    }
}
