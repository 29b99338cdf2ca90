package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManagerTest;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMailboxManagerTest extends MailboxManagerTest<JdbcMailboxManager> {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected JdbcMailboxManager provideMailboxManager() {
        PreDeletionHooks hooks = new PreDeletionHooks(preDeletionHooks(), new RecordingMetricFactory());
        return new TestManagers(DATABASE, Clock.systemUTC(), hooks).manager();
    }

    @Override
    protected SubscriptionManager provideSubscriptionManager() {
        JdbcMailboxManager manager = provideMailboxManager();
        return new StoreSubscriptionManager(
                manager.getMapperFactory(), manager.getMapperFactory(), manager.getEventBus());
    }

    @Override
    protected EventBus retrieveEventBus(JdbcMailboxManager manager) {
        return manager.getEventBus();
    }
}
