package org.mssante.server.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueMetricContract;
import org.apache.james.queue.api.MailQueueMetricExtension;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.RecordedTrace;

class JdbcMailQueueTest
        implements DelayedManageableMailQueueContract,
                DelayedPriorityMailQueueContract,
                PriorityManageableMailQueueContract,
                MailQueueMetricContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private JdbcMailQueue queue;

    @BeforeEach
    void createQueue(MailQueueMetricExtension.MailQueueMetricTestSystem metrics) {
        queue = new JdbcMailQueueFactory(
                        new QueueSettings(Duration.ofMinutes(10), Duration.ofMillis(100)),
                        DATABASE.database(),
                        DATABASE.mails(),
                        new RawMailQueueItemDecoratorFactory(),
                        metrics.getMetricFactory(),
                        metrics.getSpyGaugeRegistry(),
                        new RecordedTrace(),
                        Clock.systemUTC())
                // readers of an earlier test may still be there: the contract does not end them
                .createQueue(MailQueueName.of("spool-" + UUID.randomUUID()));
    }

    /** H2 with FOR UPDATE locks all that the condition holds for, and the time to take one grows with what waits. */
    @Test
    void takingOneMailLocksNoOther() throws Exception {
        queue.enQueue(Mails.defaultMail().name("one").build());
        queue.enQueue(Mails.defaultMail().name("two").build());
        Instant now = Instant.now().plusSeconds(1);
        QueueTable table = new QueueTable(
                queue.getName().asString(),
                DATABASE.mails(),
                DATABASE.database().dialect(),
                QueueNode.ALONE);

        DATABASE.database().transaction(connection -> {
            QueueTable.Taken first = table.take(connection, now, now.plusSeconds(60), 1);
            assertThat(first.items()).hasSize(1);
            try (Connection other = DATABASE.database().openApart();
                    PreparedStatement lock = other.prepareStatement(
                            "SELECT name FROM queue_item WHERE queue = ? AND name = 'two' FOR UPDATE SKIP LOCKED")) {
                lock.setString(1, queue.getName().asString());
                assertThat(lock.executeQuery().next())
                        .as("the other mail can be locked")
                        .isTrue();
            }
            return first;
        });
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
