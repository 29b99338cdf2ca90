package org.mssante.server.storage.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.events.Event;
import org.apache.james.events.Event.EventId;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.acl.ACLDiff;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxACLUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxAdded;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxEvents.MailboxSubscribedEvent;
import org.apache.james.mailbox.events.MailboxEvents.QuotaUsageUpdatedEvent;
import org.apache.james.mailbox.events.MessageMoveEvent;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageMoves;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mssante.server.storage.mailbox.JdbcMailboxId;
import org.mssante.server.storage.mailbox.JdbcMessageId;

class MailboxEventJsonTest {
    private static final EventId ID = EventId.of("6e0dd59d-660e-4d9b-b22f-0354479f47b4");
    private static final SessionId SESSION = SessionId.of(-42);
    private static final Username USER = Username.of("dr.test@demo.medecin.mssante.fr");
    private static final MailboxPath PATH = MailboxPath.forUser(USER, "Comptes rendus.Été");
    private static final JdbcMailboxId MAILBOX =
            new JdbcMailboxId.Factory().fromString("00000000-0000-7000-8000-000000000001");
    private static final MessageId MESSAGE =
            new JdbcMessageId.Factory().fromString("00000000-0000-7000-8000-000000000002");
    private static final QuotaRoot ROOT = QuotaRoot.quotaRoot("#private&dr.test", Optional.of(Domain.of("mssante.fr")));

    private final MailboxEventJson json =
            new MailboxEventJson(new JdbcMailboxId.Factory(), new JdbcMessageId.Factory());

    static Stream<Event> events() throws Exception {
        MailboxACL acl =
                new MailboxACL(new MailboxACL.Entry("confrere", MailboxACL.Right.Read, MailboxACL.Right.Lookup));
        return Stream.of(
                new Added(SESSION, USER, PATH, MAILBOX, new TreeMap<>(messages()), ID, true),
                new Expunged(SESSION, USER, PATH, MAILBOX, messages(), ID),
                new FlagsUpdated(
                        SESSION,
                        USER,
                        PATH,
                        MAILBOX,
                        List.of(UpdatedFlags.builder()
                                .uid(MessageUid.of(3))
                                .messageId(MESSAGE)
                                .modSeq(ModSeq.of(9))
                                .oldFlags(new Flags())
                                .newFlags(flags())
                                .build()),
                        ID),
                new MailboxACLUpdated(SESSION, USER, PATH, new ACLDiff(new MailboxACL(), acl), MAILBOX, ID),
                new MailboxAdded(SESSION, USER, PATH, MAILBOX, ID),
                new MailboxRenamed(SESSION, USER, PATH, MAILBOX, MailboxPath.inbox(USER), ID),
                new MailboxDeletion(
                        SESSION,
                        USER,
                        PATH,
                        acl,
                        ROOT,
                        QuotaCountUsage.count(2),
                        QuotaSizeUsage.size(3_000_000_000L),
                        MAILBOX,
                        ID),
                new QuotaUsageUpdatedEvent(
                        ID,
                        USER,
                        ROOT,
                        Quota.<QuotaCountLimit, QuotaCountUsage>builder()
                                .used(QuotaCountUsage.count(4))
                                .computedLimit(QuotaCountLimit.unlimited())
                                .build(),
                        Quota.<QuotaSizeLimit, QuotaSizeUsage>builder()
                                .used(QuotaSizeUsage.size(5))
                                .computedLimit(QuotaSizeLimit.size(6))
                                .limitForScope(QuotaSizeLimit.size(6), Quota.Scope.Domain)
                                .build(),
                        Instant.parse("2026-03-29T01:30:00.123Z")),
                MessageMoveEvent.builder()
                        .eventId(ID)
                        .user(USER)
                        .messageMoves(MessageMoves.builder()
                                .previousMailboxIds(MAILBOX)
                                .targetMailboxIds(MAILBOX)
                                .build())
                        .messageId(MESSAGE)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatItWrote(Event event) {
        assertThat(json.asEvent(json.toJson(event))).isEqualTo(event);
    }

    /** James' own equals of this event compares it with an event of another class. */
    @Test
    void readsSubscriptionItWrote() {
        Event event = json.asEvent(json.toJson(new MailboxSubscribedEvent(SESSION, USER, PATH, MAILBOX, ID)));

        assertThat(event)
                .isInstanceOf(MailboxSubscribedEvent.class)
                .usingRecursiveComparison()
                .isEqualTo(new MailboxSubscribedEvent(SESSION, USER, PATH, MAILBOX, ID));
    }

    @Test
    void refusesEventsOfNoMailboxAndTextOfNoEvent() {
        assertThatThrownBy(() -> json.toJson(EventBusTestFixture.EVENT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json.asEvent("{\"type\":\"Unknown\"}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json.asEvent("no JSON")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<MessageUid, MessageMetaData> messages() {
        MessageMetaData first = new MessageMetaData(
                MessageUid.of(1),
                ModSeq.of(7),
                flags(),
                5_000_000_000L,
                Date.from(Instant.ofEpochMilli(1_234)),
                Optional.of(Date.from(Instant.ofEpochMilli(5_678))),
                MESSAGE,
                ThreadId.fromBaseMessageId(MESSAGE));
        MessageMetaData second = new MessageMetaData(
                MessageUid.of(2),
                ModSeq.of(8),
                new Flags(),
                1,
                Date.from(Instant.EPOCH),
                Optional.empty(),
                MESSAGE,
                ThreadId.fromBaseMessageId(MESSAGE));
        return Map.of(first.getUid(), first, second.getUid(), second);
    }

    private static Flags flags() {
        Flags flags = new Flags(Flags.Flag.SEEN);
        flags.add(Flags.Flag.RECENT);
        flags.add("$Forwarded");
        return flags;
    }
}
