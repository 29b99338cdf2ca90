package org.mssante.server.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.RecordedTrace;
import reactor.core.publisher.Flux;

class ReadyBehindDelayedTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void deliversAReadyMailBehindManyDelayedOnes() throws Exception {
        JdbcMailQueue queue = queue(Duration.ofMinutes(10));
        for (int i = 0; i < 500; i++) {
            queue.enQueue(Mails.defaultMail().name("later-" + i).build(), Duration.ofHours(1));
        }
        queue.enQueue(Mails.defaultMail().name("now").build());

        MailQueueItem item = Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(30));

        assertThat(item.getMail().getName()).isEqualTo("now");
    }

    @Test
    void givesAMailToSomebodyElseOnceItsTimeOutIsOver() throws Exception {
        JdbcMailQueue queue = queue(Duration.ofMillis(200));
        queue.enQueue(Mails.defaultMail().name("stuck").build());

        MailQueueItem first = Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(30));
        MailQueueItem second = Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(30));
        first.done(MailQueueItem.CompletionStatus.SUCCESS);

        assertThat(second.getMail().getName()).isEqualTo("stuck");
        assertThat(queue.getSize()).as("only the last taker may end it").isEqualTo(1);
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
                .createQueue(MailQueueName.of("spool"));
    }
}
