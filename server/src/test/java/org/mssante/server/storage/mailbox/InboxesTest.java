package org.mssante.server.storage.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.events.Event;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.queue.NoLongerInHand;
import org.mssante.server.storage.queue.QueueSettings;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.trust.RecordedTrace;

/** Off the queue and into the mailboxes: all of it, or nothing. */
class InboxesTest {
    private static final Username ALICE = Username.of("alice@demo.mssante.fr");
    private static final Username BOB = Username.of("bob@demo.mssante.fr");
    private static final Username CAROL = Username.of("carol@demo.mssante.fr");
    private static final String MESSAGE =
            "Subject: compte rendu\r\nContent-Type: text/plain\r\n\r\nligne 1\r\nligne 2\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final List<Event> heard = new CopyOnWriteArrayList<>();
    private Inboxes inboxes;

    @BeforeEach
    void open() {
        heard.clear();
        InVMEventBus events = new InVMEventBus(
                new InVmEventDelivery(new RecordingMetricFactory()),
                EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
                new MemoryEventDeadLetters());
        events.register(new Hearing());
        inboxes = new Inboxes(
                new JdbcMailboxSessionMapperFactory(DATABASE.database(), DATABASE.bodies(), Clock.systemUTC()),
                new JVMMailboxPathLocker(),
                new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject()),
                events,
                Clock.systemUTC());
    }

    @Test
    void givesOneMessageToAllRecipientsUnderOneId() throws Exception {
        try (ReceivedMessage message = message()) {
            inboxes.inOrder(
                    List.of(BOB, ALICE),
                    () -> DATABASE.database().unit(unit -> inboxes.deliver(unit, message, List.of(BOB, ALICE))));
        }
        assertThat(count("SELECT COUNT(*) FROM mailbox_message")).isEqualTo(2);
        assertThat(count("SELECT COUNT(*) FROM message")).isEqualTo(1);
        assertThat(count("SELECT text_lines FROM message")).isEqualTo(2);
        assertThat(count("SELECT SUM(octets) FROM quota_usage")).isEqualTo(2L * MESSAGE.length());
        assertThat(added()).extracting(Added::getUsername).containsExactly(ALICE, BOB);
    }

    @Test
    void servesTheOthersWhereOneMailboxIsFull() throws Exception {
        new JdbcMaxQuotaManager(DATABASE.database())
                .setMaxMessage(
                        QuotaRoot.quotaRoot("#private&" + BOB.asString(), BOB.getDomainPart()),
                        QuotaCountLimit.count(1));
        deliver(List.of(BOB));

        List<Inboxes.Refusal> refused = deliver(List.of(ALICE, BOB, CAROL));

        assertThat(refused).extracting(Inboxes.Refusal::user).containsExactly(BOB);
        assertThat(count("SELECT COUNT(*) FROM mailbox_message")).isEqualTo(3);
        assertThat(count("SELECT messages FROM quota_usage WHERE root = '#private&" + BOB.asString() + "'"))
                .isEqualTo(1);
    }

    @Test
    void servesTheOthersWhereOneMailboxIsDefective() throws Exception {
        deliver(List.of(BOB));
        // the next UID is taken already: the insertion into this mailbox fails
        execute("UPDATE mailbox SET last_uid = 0 WHERE owner = '" + BOB.asString() + "'");

        List<Inboxes.Refusal> refused = deliver(List.of(ALICE, BOB, CAROL));

        assertThat(refused).extracting(Inboxes.Refusal::user).containsExactly(BOB);
        assertThat(count("SELECT COUNT(*) FROM mailbox_message")).isEqualTo(3);
        assertThat(count("SELECT SUM(messages) FROM quota_usage")).isEqualTo(3);
    }

    @Test
    void tellsNobodyOfAnInboxThatWasUndoneWithItsDelivery() throws Exception {
        // her INBOX is made, and then her messages cannot be counted any further
        execute("INSERT INTO quota_usage (root, messages, octets) VALUES ('#private&" + CAROL.asString()
                + "', 9223372036854775807, 0)");

        List<Inboxes.Refusal> refused = deliver(List.of(ALICE, CAROL));

        assertThat(refused).extracting(Inboxes.Refusal::user).containsExactly(CAROL);
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getUsername()).isEqualTo(ALICE));
    }

    @Test
    void saysOfAFullMailboxThatItIsFullAndOfADefectiveOneThatItFailed() throws Exception {
        new JdbcMaxQuotaManager(DATABASE.database())
                .setMaxMessage(
                        QuotaRoot.quotaRoot("#private&" + BOB.asString(), BOB.getDomainPart()),
                        QuotaCountLimit.count(0));
        deliver(List.of(CAROL));
        execute("UPDATE mailbox SET last_uid = 0 WHERE owner = '" + CAROL.asString() + "'");

        assertThat(deliver(List.of(ALICE, BOB, CAROL)))
                .extracting(Inboxes.Refusal::user, Inboxes.Refusal::outcome)
                .containsExactly(tuple(BOB, Outcome.MAILBOX_FULL), tuple(CAROL, Outcome.SERVER_ERROR));
    }

    @Test
    void leavesTheMailInItsQueueAndNothingElsewhereWhereTheUnitOfWorkFails() throws Exception {
        JdbcMailQueue queue = queue(Duration.ofMinutes(10));
        queue.enQueue(Mails.defaultMail().name("mail").build());
        JdbcMailQueueItem item = queue.take().blockFirst(PATIENCE);
        try (ReceivedMessage message = message()) {
            assertThatThrownBy(() -> DATABASE.database().unit(unit -> {
                        item.end(unit);
                        inboxes.deliver(unit, message, List.of(ALICE, BOB));
                        throw new IllegalStateException("the process dies here");
                    }))
                    .hasMessage("the process dies here");
        }
        assertThat(queue.getSize()).isEqualTo(1);
        assertThat(count("SELECT COUNT(*) FROM mailbox_message")).isZero();
        assertThat(count("SELECT COUNT(*) FROM mailbox")).isZero();
        assertThat(count("SELECT COUNT(*) FROM quota_usage")).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void deliversNothingOfAMailThatSomebodyElseHasTakenMeanwhile() throws Exception {
        JdbcMailQueue queue = queue(Duration.ZERO);
        queue.enQueue(Mails.defaultMail().name("mail").build());
        JdbcMailQueueItem slow = queue.take().blockFirst(PATIENCE);
        JdbcMailQueueItem quick = queue.take().blockFirst(PATIENCE);
        deliver(List.of(ALICE), quick);

        assertThatThrownBy(() -> deliver(List.of(ALICE), slow)).isInstanceOf(NoLongerInHand.class);

        assertThat(count("SELECT COUNT(*) FROM mailbox_message")).isEqualTo(1);
        assertThat(added()).hasSize(1);
    }

    @Test
    void tellsOfMessagesInTheOrderOfTheirUidsHoweverManyDeliverAtOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> deliverMany(10));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(added().stream()
                        .map(event -> event.getUids().iterator().next().asLong()))
                .hasSize(40)
                .isSorted();
    }

    private void deliverMany(int messages) {
        for (int i = 0; i < messages; i++) {
            deliver(List.of(ALICE));
        }
    }

    private List<Inboxes.Refusal> deliver(List<Username> users) {
        try (ReceivedMessage message = message()) {
            return inboxes
                    .inOrder(users, () -> DATABASE.database().unit(unit -> inboxes.deliver(unit, message, users)))
                    .stream()
                    .filter(Inboxes.Refusal.class::isInstance)
                    .map(Inboxes.Refusal.class::cast)
                    .toList();
        } catch (IOException | MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(List<Username> users, JdbcMailQueueItem item) throws IOException {
        try (ReceivedMessage message = message()) {
            DATABASE.database().unit(unit -> {
                inboxes.deliver(unit, message, users);
                item.end(unit);
                return users;
            });
        }
    }

    private static ReceivedMessage message() throws IOException {
        return ReceivedMessage.read(new ByteArrayInputStream(MESSAGE.getBytes(US_ASCII)), Instant.EPOCH);
    }

    private static JdbcMailQueue queue(Duration visibility) {
        return new JdbcMailQueueFactory(
                        new QueueSettings(visibility, Duration.ofMillis(50)),
                        DATABASE.database(),
                        DATABASE.mails(),
                        new RawMailQueueItemDecoratorFactory(),
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
                        new RecordedTrace(),
                        Clock.systemUTC())
                .createQueue(MailQueueFactory.SPOOL);
    }

    private List<Added> added() {
        return heard.stream()
                .filter(Added.class::isInstance)
                .map(Added.class::cast)
                .toList();
    }

    private static long count(String query) {
        return DATABASE.database().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static void execute(String sql) {
        DATABASE.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private final class Hearing implements EventListener.GroupEventListener {
        @Override
        public Group getDefaultGroup() {
            return new HearingGroup();
        }

        @Override
        public void event(Event event) {
            heard.add(event);
        }
    }

    /** The name of the listener on the bus. */
    public static final class HearingGroup extends Group {}
}
