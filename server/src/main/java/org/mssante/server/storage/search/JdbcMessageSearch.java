package org.mssante.server.storage.search;

import com.google.common.collect.Iterators;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.store.mail.MailboxMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.MessageMapperFactory;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.mailbox.store.search.comparator.CombinedComparator;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Search over the tables of the messages themselves: right after a crash as before it, on every node. What the columns can
 * say narrows the messages down; those about which they cannot say everything are read. Thread-safe.
 */
public final class JdbcMessageSearch implements MessageSearchIndex {
    private static final int MOST_STATEMENTS = 100;
    private static final List<Sort> AS_THEY_COME = List.of(new Sort(Sort.SortClause.Uid, Sort.Order.NATURAL));

    private final Database database;
    private final MessageMapperFactory messages;
    private final MailboxMapperFactory mailboxes;
    private final TextExtractor attachmentText;

    @Inject
    public JdbcMessageSearch(
            Database database,
            MessageMapperFactory messages,
            MailboxMapperFactory mailboxes,
            TextExtractor attachmentText) {
        this.database = database;
        this.messages = messages;
        this.mailboxes = mailboxes;
        this.attachmentText = attachmentText;
    }

    /**
     * What the columns say.
     *
     * @param matching match for certain
     * @param doubtful may match
     */
    private record Candidates(List<Long> matching, List<Long> doubtful) {}

    @Override
    public EnumSet<SearchCapabilities> getSupportedCapabilities(EnumSet<MessageCapabilities> messageCapabilities) {
        return EnumSet.of(
                SearchCapabilities.MultimailboxSearch,
                SearchCapabilities.Text,
                SearchCapabilities.Attachment,
                SearchCapabilities.PartialEmailMatch,
                SearchCapabilities.AttachmentFileName);
    }

    @Override
    public Flux<MessageUid> search(MailboxSession session, Mailbox mailbox, SearchQuery query) {
        if (session == null) {
            throw new IllegalArgumentException("'session' is mandatory");
        }
        return blocking(() -> query.getSorts().equals(AS_THEY_COME)
                ? uids(session, mailbox, query)
                : sorted(found(session, mailbox, query), query).stream()
                        .map(MailboxMessage::getUid)
                        .toList());
    }

    @Override
    public Flux<MessageId> search(
            MailboxSession session, Collection<MailboxId> mailboxIds, SearchQuery query, long limit)
            throws MailboxException {
        return Flux.fromIterable(mailboxIds)
                .concatMap(mailboxes.getMailboxMapper(session)::findMailboxById)
                .concatMap(mailbox -> blocking(() -> found(session, mailbox, query)))
                .collectList()
                .flatMapIterable(all -> sorted(all, query))
                .map(MailboxMessage::getMessageId)
                .distinct()
                .take(limit);
    }

    private List<MessageUid> uids(MailboxSession session, Mailbox mailbox, SearchQuery query) throws MailboxException {
        Candidates candidates = candidates(mailbox, query);
        List<Long> uids = new ArrayList<>(candidates.matching());
        check(session, mailbox, query, candidates.doubtful())
                .forEach(message -> uids.add(message.getUid().asLong()));
        return uids.stream().sorted().map(MessageUid::of).toList();
    }

    private List<MailboxMessage> found(MailboxSession session, Mailbox mailbox, SearchQuery query)
            throws MailboxException {
        Candidates candidates = candidates(mailbox, query);
        List<MailboxMessage> found = new ArrayList<>(check(session, mailbox, query, candidates.doubtful()));
        found.addAll(read(session, mailbox, candidates.matching()));
        return found;
    }

    private static List<MailboxMessage> sorted(List<MailboxMessage> messages, SearchQuery query) {
        return messages.stream()
                .sorted(CombinedComparator.create(query.getSorts()))
                .toList();
    }

    private Candidates candidates(Mailbox mailbox, SearchQuery query) throws MailboxException {
        QueryColumns columns = new QueryColumns(query.getRecentMessageUids());
        List<SqlCondition> known = new ArrayList<>();
        boolean all = true;
        for (Criterion criterion : query.getCriteria()) {
            Optional<SqlCondition> condition = columns.of(criterion);
            all &= condition.isPresent();
            condition.ifPresent(known::add);
        }
        SqlCondition narrowing =
                SqlCondition.all(known.stream().map(SqlCondition::orUnknown).toList());
        String certain = all ? SqlCondition.Needs.most(known).sql() : "FALSE";
        try {
            return candidates(mailbox, narrowing, certain);
        } catch (StorageException e) {
            throw new MailboxException("The mail database failed", e);
        }
    }

    private Candidates candidates(Mailbox mailbox, SqlCondition narrowing, String certain) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT mm.uid, " + certain
                    + " FROM mailbox_message mm JOIN message m ON m.id = mm.message_id"
                    + " LEFT JOIN message_search s ON s.message_id = mm.message_id WHERE mm.mailbox_id = ? AND ("
                    + narrowing.sql() + ") ORDER BY mm.uid")) {
                select.setObject(1, UUID.fromString(mailbox.getMailboxId().serialize()));
                for (int i = 0; i < narrowing.parameters().size(); i++) {
                    select.setObject(2 + i, narrowing.parameters().get(i));
                }
                return read(select);
            }
        });
    }

    private static Candidates read(PreparedStatement select) throws SQLException {
        Candidates candidates = new Candidates(new ArrayList<>(), new ArrayList<>());
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                (rows.getBoolean(2) ? candidates.matching() : candidates.doubtful()).add(rows.getLong(1));
            }
        }
        return candidates;
    }

    private List<MailboxMessage> check(MailboxSession session, Mailbox mailbox, SearchQuery query, List<Long> uids)
            throws MailboxException {
        MessageCheck check = new MessageCheck(query, session, attachmentText);
        List<MailboxMessage> matching = new ArrayList<>();
        for (MessageRange range : ranges(uids)) {
            Iterator<MailboxMessage> doubtful = read(session, mailbox, range, uids);
            while (doubtful.hasNext()) {
                MailboxMessage message = doubtful.next();
                if (check.matches(message)) {
                    matching.add(message);
                }
            }
        }
        return matching;
    }

    private List<MailboxMessage> read(MailboxSession session, Mailbox mailbox, List<Long> uids)
            throws MailboxException {
        List<MailboxMessage> read = new ArrayList<>();
        for (MessageRange range : ranges(uids)) {
            read(session, mailbox, range, uids).forEachRemaining(read::add);
        }
        return read;
    }

    /** The messages, page by page, without their bytes: those are read when asked for. */
    private Iterator<MailboxMessage> read(MailboxSession session, Mailbox mailbox, MessageRange range, List<Long> uids)
            throws MailboxException {
        Set<Long> wanted = new HashSet<>(uids);
        Iterator<MailboxMessage> inRange = messages.getMessageMapper(session)
                .findInMailbox(mailbox, range, FetchType.METADATA, MessageMapper.UNLIMITED);
        return Iterators.filter(
                inRange, message -> wanted.contains(message.getUid().asLong()));
    }

    /** A statement each for a few ranges; one for all of many. */
    private static List<MessageRange> ranges(List<Long> uids) {
        List<MessageRange> exact =
                MessageRange.toRanges(uids.stream().map(MessageUid::of).toList());
        return exact.size() <= MOST_STATEMENTS
                ? exact
                : List.of(MessageRange.range(MessageUid.of(uids.get(0)), MessageUid.of(uids.get(uids.size() - 1))));
    }

    private static <T> Flux<T> blocking(Callable<List<T>> work) {
        return Mono.fromCallable(work)
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .flatMapIterable(found -> found);
    }
}
