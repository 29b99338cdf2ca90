package org.mssante.server.storage.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueMetricContract;
import org.apache.james.queue.api.MailQueueMetricExtension;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
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

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
