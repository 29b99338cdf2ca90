package org.mssante.server.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.RecordedTrace;
import reactor.core.publisher.Flux;

/** What an operator sees of a queue and does to it. */
class OperatorsViewTest {
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private RecordedTrace trace;
    private JdbcMailQueue queue;

    @BeforeEach
    void createQueue() {
        trace = new RecordedTrace();
        queue = new JdbcMailQueueFactory(
                        new QueueSettings(Duration.ofMinutes(10), Duration.ofMillis(50)),
                        DATABASE.database(),
                        DATABASE.mails(),
                        new RawMailQueueItemDecoratorFactory(),
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
                        trace,
                        Clock.systemUTC())
                .createQueue(MailQueueName.of("outgoing"));
    }

    @Test
    void anEmptyQueueHasNoOldestMail() {
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0, Optional.empty()));
    }

    @Test
    void dueDelayedAndInHandAreToldApartAndTheOldestKeepsItsArrival() throws Exception {
        enqueue("in hand", Instant.now(), Duration.ZERO);
        MailQueueItem inHand = Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(30));
        enqueue("delayed", YESTERDAY, Duration.ofHours(1));
        enqueue("due", Instant.now(), Duration.ZERO);

        // the reader above has gone with its subscription, or takes nothing more
        assertThat(inHand.getMail().getName()).isEqualTo("in hand");
        assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 1, 1, Optional.of(YESTERDAY)));
        assertThat(queue.look(10))
                .extracting(mail -> mail.mail().getName())
                .containsExactly("delayed", "in hand", "due");
        assertThat(queue.look(10)).extracting(QueuedMail::inHand).containsExactly(false, true, false);
        assertThat(queue.look(1)).hasSize(1);
        assertThat(queue.look("due").get(0).mail().getMessageSize()).isPositive();
    }

    @Test
    void aDelayedMailIsMadeDueByItsNameAndTheOthersStayDelayed() throws Exception {
        enqueue("one", YESTERDAY, Duration.ofHours(1));
        enqueue("two", YESTERDAY, Duration.ofHours(1));

        assertThat(queue.flush("one")).isEqualTo(1);
        assertThat(queue.flush("one")).as("it is due already").isZero();
        assertThat(queue.flush("three")).isZero();

        assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 1, 0, Optional.of(YESTERDAY)));
    }

    @Test
    void aMailTakenByNameIsNobodyElsesUntilItHasEnded() throws Exception {
        enqueue("wanted", YESTERDAY, Duration.ofHours(1));
        enqueue("other", YESTERDAY, Duration.ofHours(1));

        List<JdbcMailQueueItem> taken = queue.take("wanted");

        assertThat(taken).extracting(item -> item.getMail().getName()).containsExactly("wanted");
        assertThat(queue.take("wanted")).as("in hand already").isEmpty();
        taken.get(0).done(MailQueueItem.CompletionStatus.SUCCESS);
        assertThat(queue.look(10)).extracting(mail -> mail.mail().getName()).containsExactly("other");
    }

    @Test
    void aMailTakenByNameAndGivenBackWaitsAgain() throws Exception {
        enqueue("wanted", YESTERDAY, Duration.ofHours(1));

        queue.take("wanted").get(0).done(MailQueueItem.CompletionStatus.RETRY);

        assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 0, 0, Optional.of(YESTERDAY)));
    }

    @Test
    void aMailNobodyCanReadIsSetAsideAndTracedAndTheOthersGoOn() throws Exception {
        enqueue("one", YESTERDAY, Duration.ZERO);
        enqueue("torn", YESTERDAY, Duration.ZERO);
        enqueue("two", YESTERDAY, Duration.ZERO);
        String written = envelopeOf("torn");
        rewrite("torn", written.substring(0, written.length() / 2));

        List<MailQueueItem> taken =
                Flux.from(queue.deQueue()).take(2).collectList().block(Duration.ofSeconds(30));

        assertThat(taken).extracting(item -> item.getMail().getName()).containsExactly("one", "two");
        assertThat(trace.of(Event.QUARANTINED))
                .singleElement()
                .satisfies(line -> assertThat(line.fields()).containsEntry(Field.MAIL_NAME, "torn"));
        assertThat(trace.outcomesOf(Event.QUARANTINED)).containsExactly(Outcome.STORED_MAIL_UNREADABLE);
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 2, Optional.of(YESTERDAY)));
        QueuedMail torn = queue.look("torn").get(0);
        assertThat(torn.readable()).isFalse();
        assertThat(torn.mail().getErrorMessage()).startsWith("MSS-M26 ");
        assertThat(torn.mail().getMessageSize()).as("its bytes are there").isPositive();

        rewrite("torn", written);
        assertThat(queue.flush("torn")).isEqualTo(1);

        assertThat(queue.take("torn"))
                .extracting(item -> item.getMail().getRecipients())
                .isNotEmpty();
    }

    private static String envelopeOf(String name) {
        return DATABASE.database().read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT envelope FROM queue_item WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }

    private static void rewrite(String name, String envelope) {
        DATABASE.database().transaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE queue_item SET envelope = ? WHERE name = ?")) {
                update.setString(1, envelope);
                update.setString(2, name);
                return update.executeUpdate();
            }
        });
    }

    private void enqueue(String name, Instant arrived, Duration delay) throws Exception {
        FakeMail mail =
                Mails.defaultMail().name(name).lastUpdated(Date.from(arrived)).build();
        queue.enQueue(mail, delay);
    }
}
