package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.MailboxManagerTest;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.manager.ManagerTestProvisionner;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreAttachmentManager;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.quota.JdbcCurrentQuotaManager;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.quota.QuotaUsageEvents;

class JdbcMailboxManagerTest extends MailboxManagerTest<JdbcMailboxManager> {
    // what the contract expects
    private static final int LIMIT_ANNOTATIONS = 3;
    private static final int LIMIT_ANNOTATION_SIZE = 30;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected JdbcMailboxManager provideMailboxManager() {
        JdbcMailboxSessionMapperFactory mappers =
                new JdbcMailboxSessionMapperFactory(DATABASE.database(), DATABASE.bodies(), Clock.systemUTC());
        EventBus events = new InVMEventBus(
                new InVmEventDelivery(new RecordingMetricFactory()),
                EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
                new MemoryEventDeadLetters());
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), events);
        FakeAuthenticator authenticator = new FakeAuthenticator();
        authenticator.addUser(ManagerTestProvisionner.USER, ManagerTestProvisionner.USER_PASS);
        authenticator.addUser(ManagerTestProvisionner.OTHER_USER, ManagerTestProvisionner.OTHER_USER_PASS);
        SessionProviderImpl sessions = new SessionProviderImpl(authenticator, FakeAuthorizator.defaultReject());
        DefaultUserQuotaRootResolver roots = new DefaultUserQuotaRootResolver(sessions, mappers);
        JdbcMaxQuotaManager limits = new JdbcMaxQuotaManager(DATABASE.database());
        StoreQuotaManager quotas = new StoreQuotaManager(new JdbcCurrentQuotaManager(DATABASE.database()), limits);
        events.register(new QuotaUsageEvents(roots, quotas, events, Clock.systemUTC()));
        PreDeletionHooks hooks = new PreDeletionHooks(preDeletionHooks(), new RecordingMetricFactory());
        StoreMessageIdManager byId = new StoreMessageIdManager(rights, mappers, events, quotas, roots, hooks);
        return new JdbcMailboxManager(
                mappers,
                sessions,
                new JVMMailboxPathLocker(),
                new MessageParser(),
                new JdbcMessageId.Factory(),
                new StoreMailboxAnnotationManager(mappers, rights, LIMIT_ANNOTATIONS, LIMIT_ANNOTATION_SIZE),
                events,
                rights,
                new QuotaComponents(limits, quotas, roots),
                new SimpleMessageSearchIndex(
                        mappers, mappers, new DefaultTextExtractor(), new StoreAttachmentManager(mappers, byId)),
                MailboxManagerConfiguration.DEFAULT,
                hooks,
                new NaiveThreadIdGuessingAlgorithm(),
                Clock.systemUTC());
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
