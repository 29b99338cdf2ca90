package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.MailboxPathLocker.LockType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.event.EventFactory;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.storage.quota.QuotaGate;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a message into INBOXes as part of a unit of work: with the quota of each, and an INBOX made where it is the first
 * message. IMAP sessions hear of it once the unit is committed. Thread-safe.
 *
 * <p>One recipient's trouble is not the others': where there are several, each is served behind a savepoint. The rows of
 * INBOXes are locked in the order of their owners; nothing else locks mailboxes of two owners.
 */
public final class Inboxes {
    private static final Logger LOGGER = LoggerFactory.getLogger(Inboxes.class);

    private final MessageTable messages;
    private final MailboxPathLocker locker;
    private final SessionProvider sessions;
    private final EventBus events;
    private final Clock clock;

    @Inject
    public Inboxes(
            JdbcMailboxSessionMapperFactory mappers,
            MailboxPathLocker locker,
            SessionProvider sessions,
            EventBus events,
            Clock clock) {
        this.messages = mappers.messageTable();
        this.locker = locker;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /** What became of the message at one user. */
    public sealed interface Result {
        Username user();
    }

    /** He has it, under this number of his INBOX. */
    public record Placed(Username user, MessageUid uid) implements Result {}

    /** It could not be given to him for the moment; the unit of work holds nothing of it. */
    public record Refusal(Username user, Outcome outcome, String why) implements Result {}

    /**
     * Does work that delivers to these users, closed to whatever else this process wants to add to their INBOXes meanwhile:
     * sessions are told of messages in the order of their UIDs.
     */
    public <T> T inOrder(Collection<Username> users, Callable<T> work) throws MailboxException {
        return inOrder(
                users.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Username::asString))
                        .toList(),
                0,
                work);
    }

    private <T> T inOrder(List<Username> users, int index, Callable<T> work) throws MailboxException {
        if (index == users.size()) {
            return call(work);
        }
        return locker.executeWithLock(
                MailboxPath.inbox(users.get(index)), () -> inOrder(users, index + 1, work), LockType.Write);
    }

    private static <T> T call(Callable<T> work) throws MailboxException {
        try {
            return work.call();
        } catch (MailboxException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // all that Callable declares
            throw new MailboxException("the work on the mailboxes failed", e);
        }
    }

    /** Puts the message into the INBOX of each. */
    public List<Result> deliver(UnitOfWork unit, ReceivedMessage message, Collection<Username> users)
            throws SQLException {
        messages.store(unit.connection(), message.facts(), message.spooled());
        Instant saveDate = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Username> inOrder = users.stream()
                .distinct()
                .sorted(Comparator.comparing(Username::asString))
                .toList();
        List<Result> results = new ArrayList<>();
        for (Username user : inOrder) {
            results.add(
                    inOrder.size() == 1
                            ? deliver(unit, message, user, saveDate)
                            : deliverBehindSavepoint(unit, message, user, saveDate));
        }
        return results;
    }

    private Result deliverBehindSavepoint(UnitOfWork unit, ReceivedMessage message, Username user, Instant saveDate)
            throws SQLException {
        UnitOfWork.Mark before = unit.mark();
        try {
            return deliver(unit, message, user, saveDate);
        } catch (SQLException e) {
            if (Database.isWorthAnotherTry(e)) {
                throw e;
            }
            unit.backTo(before);
            LOGGER.warn(
                    "the mailbox of {} did not take a message, its other recipients are served: {}",
                    user.asString(),
                    FailureTrail.of(e));
            return new Refusal(user, Outcome.SERVER_ERROR, "the mailbox failed: " + FailureTrail.classes(e));
        }
    }

    private Result deliver(UnitOfWork unit, ReceivedMessage message, Username user, Instant saveDate)
            throws SQLException {
        Connection connection = unit.connection();
        MailboxPath path = MailboxPath.inbox(user);
        Inbox inbox = inbox(unit, path);
        LockedMailbox target = inbox.row();
        Optional<String> domain = user.getDomainPart().map(Domain::asString);
        if (!QuotaGate.admits(connection, target.quotaRoot(), domain, message.octets())) {
            return new Refusal(user, Outcome.MAILBOX_FULL, "the quota leaves no room for the message");
        }
        MessageTable.Place place = new MessageTable.Place(
                target.id(), target.nextUid(), target.nextModSeq(), new Flags(Flags.Flag.RECENT), saveDate);
        messages.place(connection, JdbcMessageId.uuid(message.facts().id()), place, Reader.OWNER);
        target.count(1, message.octets());
        target.save(connection);
        tellAfterwards(unit, added(inbox.mailbox(path), metaData(message, place)), target.id());
        return new Placed(user, place.uid());
    }

    private record Inbox(LockedMailbox row, UidValidity uidValidity) {
        Mailbox mailbox(MailboxPath path) {
            return new Mailbox(path, uidValidity, new JdbcMailboxId(row.id()));
        }
    }

    private Inbox inbox(UnitOfWork unit, MailboxPath path) throws SQLException {
        Optional<Inbox> there = find(unit.connection(), path);
        if (there.isPresent()) {
            return there.get();
        }
        UUID id = JdbcMailboxId.next().value();
        UidValidity uidValidity = UidValidity.generate();
        boolean made = JdbcMailboxMapper.insertUnlessThere(unit.connection(), id, path, uidValidity);
        if (made) {
            tellAfterwards(unit, mailboxAdded(new Mailbox(path, uidValidity, new JdbcMailboxId(id))), id);
        }
        return find(unit.connection(), path)
                .orElseThrow(
                        () -> new SQLException("the INBOX of " + path.getUser().asString() + " vanished"));
    }

    private static Optional<Inbox> find(Connection connection, MailboxPath path) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LockedMailbox.SELECT
                + ", uid_validity FROM mailbox WHERE owner = ? AND namespace = ? AND name = ?" + " FOR UPDATE")) {
            select.setString(1, path.getUser().asString());
            select.setString(2, path.getNamespace());
            select.setString(3, path.getName());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Inbox(LockedMailbox.read(row), UidValidity.of(row.getLong("uid_validity"))))
                        : Optional.empty();
            }
        }
    }

    private static MessageMetaData metaData(ReceivedMessage message, MessageTable.Place place) {
        return new MessageMetaData(
                place.uid(),
                place.modSeq(),
                place.flags(),
                message.octets(),
                Date.from(message.facts().internalDate()),
                Optional.of(Date.from(place.saveDate())),
                message.facts().id(),
                message.facts().thread());
    }

    private Event added(Mailbox inbox, MessageMetaData message) {
        return EventFactory.added()
                .randomEventId()
                .mailboxSession(session(inbox))
                .mailbox(inbox)
                .addMetaData(message)
                .isDelivery(true)
                .build();
    }

    private Event mailboxAdded(Mailbox inbox) {
        return EventFactory.mailboxAdded()
                .randomEventId()
                .mailboxSession(session(inbox))
                .mailbox(inbox)
                .build();
    }

    private MailboxSession session(Mailbox inbox) {
        return sessions.createSystemSession(inbox.getUser());
    }

    private void tellAfterwards(UnitOfWork unit, Event event, UUID mailbox) {
        MailboxIdRegistrationKey key = new MailboxIdRegistrationKey(new JdbcMailboxId(mailbox));
        unit.afterwards(() -> events.dispatch(event, key).block());
    }
}
