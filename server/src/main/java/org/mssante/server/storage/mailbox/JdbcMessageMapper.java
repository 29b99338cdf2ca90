package org.mssante.server.storage.mailbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.ApplicableFlagBuilder;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxCounters;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.util.ReactorUtils;
import org.apache.james.util.streams.Iterators;
import org.mssante.server.pace.Pace;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The messages of mailboxes as one reader sees them. Thread-safe. */
public final class JdbcMessageMapper implements MessageMapper {
    private static final String IN_RANGE = "mm.uid BETWEEN ? AND ?";
    private static final String ONE_OF = "mm.uid = ANY(?)";
    private static final String RECENT = "mm.recent = TRUE";

    private final MailboxDatabase database;
    private final Reader reader;
    private final MessageRows rows;
    private final MailboxWrites writes;
    private final MailboxSequences sequences;

    JdbcMessageMapper(
            MailboxDatabase database,
            Reader reader,
            MessageRows rows,
            MailboxWrites writes,
            MailboxSequences sequences) {
        this.database = database;
        this.reader = reader;
        this.rows = rows;
        this.writes = writes;
        this.sequences = sequences;
    }

    @Override
    public Iterator<MailboxMessage> findInMailbox(Mailbox mailbox, MessageRange set, FetchType type, int limit) {
        return new MessagePages(database, rows, reader, uuid(mailbox), set, type, limit);
    }

    @Override
    public Flux<MailboxMessage> findInMailboxReactive(Mailbox mailbox, MessageRange set, FetchType type, int limit) {
        return Flux.defer(() -> Iterators.toFlux(findInMailbox(mailbox, set, type, limit)))
                .onErrorMap(MessagePages.ReadFailure.class, MessagePages.ReadFailure::getCause)
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .transform(Pace::keep);
    }

    @Override
    public Flux<MessageUid> listAllMessageUids(Mailbox mailbox) {
        return Reactive.flux(() -> uids(mailbox, "uid >= ?", statement -> statement.setLong(2, 0)));
    }

    @Override
    public List<MessageUid> retrieveMessagesMarkedForDeletion(Mailbox mailbox, MessageRange range)
            throws MailboxException {
        return uids(mailbox, "deleted = TRUE AND uid BETWEEN ? AND ?", statement -> setRange(statement, 2, range));
    }

    @Override
    public List<MessageUid> findRecentMessageUidsInMailbox(Mailbox mailbox) throws MailboxException {
        return uids(mailbox, "recent = TRUE", statement -> {});
    }

    /** As James wants it: null where every message is seen. */
    @Override
    public MessageUid findFirstUnseenMessageUid(Mailbox mailbox) throws MailboxException {
        long first = ofUnseen("COALESCE(MIN(mm.uid), 0)", mailbox);
        return first == 0 ? null : MessageUid.of(first);
    }

    @Override
    public Mono<Optional<MessageUid>> findFirstUnseenMessageUidReactive(Mailbox mailbox) {
        return Reactive.mono(() -> Optional.ofNullable(findFirstUnseenMessageUid(mailbox)));
    }

    @Override
    public long countMessagesInMailbox(Mailbox mailbox) throws MailboxException {
        return number("SELECT COUNT(*) FROM mailbox_message WHERE mailbox_id = ?", mailbox, statement -> {});
    }

    @Override
    public MailboxCounters getMailboxCounters(Mailbox mailbox) throws MailboxException {
        return MailboxCounters.builder()
                .mailboxId(mailbox.getMailboxId())
                .count(countMessagesInMailbox(mailbox))
                .unseen(ofUnseen("COUNT(*)", mailbox))
                .build();
    }

    @Override
    public void delete(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        deleteMessages(mailbox, List.of(message.getUid()));
    }

    @Override
    public Map<MessageUid, MessageMetaData> deleteMessages(Mailbox mailbox, List<MessageUid> uids)
            throws MailboxException {
        Object[] numbers = uids.stream().map(MessageUid::asLong).toArray();
        return writes.delete(
                reader,
                mailbox.getMailboxId(),
                ONE_OF,
                statement -> statement.setArray(2, statement.getConnection().createArrayOf("BIGINT", numbers)));
    }

    @Override
    public MessageMetaData add(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        MessageMetaData added = writes.add(reader, mailbox.getMailboxId(), message);
        message.setUid(added.getUid());
        message.setModSeq(added.getModSeq());
        return added;
    }

    @Override
    public Iterator<UpdatedFlags> updateFlags(Mailbox mailbox, FlagsUpdateCalculator calculator, MessageRange set)
            throws MailboxException {
        return writes.updateFlags(
                        reader, mailbox.getMailboxId(), calculator, IN_RANGE, statement -> setRange(statement, 2, set))
                .iterator();
    }

    @Override
    public List<UpdatedFlags> resetRecent(Mailbox mailbox) throws MailboxException {
        FlagsUpdateCalculator noLongerRecent =
                new FlagsUpdateCalculator(new Flags(Flag.RECENT), FlagsUpdateMode.REMOVE);
        return writes.updateFlags(reader, mailbox.getMailboxId(), noLongerRecent, RECENT, statement -> {});
    }

    @Override
    public MessageMetaData copy(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        return copy(mailbox, List.of(original)).get(0);
    }

    @Override
    public List<MessageMetaData> copy(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        return writes.copy(reader, mailbox.getMailboxId(), originals);
    }

    @Override
    public MessageMetaData move(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        return move(mailbox, List.of(original)).stream()
                .findFirst()
                .orElseThrow(() -> new MailboxException(
                        "The message " + original.getUid().asLong() + " is no longer in its mailbox"));
    }

    @Override
    public List<MessageMetaData> move(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        return writes.move(reader, mailbox.getMailboxId(), originals);
    }

    @Override
    public Mono<List<MessageMetaData>> moveReactive(Mailbox mailbox, List<MailboxMessage> originals) {
        return Reactive.mono(() -> move(mailbox, originals));
    }

    @Override
    public Optional<MessageUid> getLastUid(Mailbox mailbox) throws MailboxException {
        return sequences.lastUid(mailbox);
    }

    @Override
    public ModSeq getHighestModSeq(Mailbox mailbox) throws MailboxException {
        return sequences.highestModSeq(mailbox);
    }

    /** The system flags and every user flag this mailbox has ever held. */
    @Override
    public Flags getApplicableFlag(Mailbox mailbox) throws MailboxException {
        List<String> userFlags = database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT flag FROM mailbox_user_flag WHERE mailbox_id = ?")) {
                select.setObject(1, uuid(mailbox));
                List<String> flags = new ArrayList<>();
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        flags.add(found.getString(1));
                    }
                }
                return flags;
            }
        });
        return ApplicableFlagBuilder.builder()
                .add(userFlags.toArray(String[]::new))
                .build();
    }

    private List<MessageUid> uids(Mailbox mailbox, String condition, Bindings bindings) throws MailboxException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT uid FROM mailbox_message WHERE mailbox_id = ? AND " + condition + " ORDER BY uid")) {
                select.setObject(1, uuid(mailbox));
                bindings.set(select);
                List<MessageUid> uids = new ArrayList<>();
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        uids.add(MessageUid.of(found.getLong(1)));
                    }
                }
                return uids;
            }
        });
    }

    /** An aggregate over what the reader has not seen. */
    private long ofUnseen(String aggregate, Mailbox mailbox) throws MailboxException {
        String query = "SELECT " + aggregate + " FROM mailbox_message mm WHERE mm.mailbox_id = ? AND ";
        return reader.person().isPresent()
                ? number(
                        query + PersonalSeen.NOT_SEEN,
                        mailbox,
                        statement -> statement.setString(2, reader.person().get()))
                : number(query + "mm.seen = FALSE", mailbox, statement -> {});
    }

    private long number(String query, Mailbox mailbox, Bindings bindings) throws MailboxException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                select.setObject(1, uuid(mailbox));
                bindings.set(select);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private static void setRange(PreparedStatement statement, int index, MessageRange range) throws SQLException {
        UidRange uids = UidRange.of(range);
        statement.setLong(index, uids.from());
        statement.setLong(index + 1, uids.to());
    }

    private static UUID uuid(Mailbox mailbox) {
        return JdbcMailboxId.uuid(mailbox.getMailboxId());
    }
}
