package org.mssante.server.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.mssante.server.storage.TestDatabase;
import reactor.core.publisher.Flux;

/** What an operator sees of a queue and does to it. */
class OperatorsViewTest {
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private JdbcMailQueue queue;

    @BeforeEach
    void createQueue() {
        queue = new JdbcMailQueueFactory(
                        new QueueSettings(Duration.ofMinutes(10), Duration.ofMillis(50)),
                        DATABASE.database(),
                        DATABASE.mails(),
                        new RawMailQueueItemDecoratorFactory(),
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
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

        List<MailQueueItem> taken = queue.take("wanted");

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

    private void enqueue(String name, Instant arrived, Duration delay) throws Exception {
        FakeMail mail =
                Mails.defaultMail().name(name).lastUpdated(Date.from(arrived)).build();
        queue.enQueue(mail, delay);
    }
}
