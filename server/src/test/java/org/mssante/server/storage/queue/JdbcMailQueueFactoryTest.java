package org.mssante.server.storage.queue;

import java.time.Clock;
import java.time.Duration;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactoryContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.trust.RecordedTrace;

class JdbcMailQueueFactoryTest implements MailQueueFactoryContract<JdbcMailQueue> {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private JdbcMailQueueFactory factory;

    @BeforeEach
    void createFactory() {
        factory = new JdbcMailQueueFactory(
                new QueueSettings(Duration.ofMinutes(10), Duration.ofMillis(100)),
                DATABASE.database(),
                DATABASE.mails(),
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry(),
                new RecordedTrace(),
                Clock.systemUTC());
    }

    @Override
    public MailQueueFactory<JdbcMailQueue> getMailQueueFactory() {
        return factory;
    }
}
