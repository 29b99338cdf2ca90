package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.manager.ManagerTestProvisionner;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.JdbcEventDeadLetters;
import org.mssante.server.storage.events.LocalEventBus;
import org.mssante.server.storage.events.MailboxEventJson;
import org.mssante.server.storage.quota.JdbcCurrentQuotaManager;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.quota.QuotaUsageEvents;
import org.mssante.server.storage.search.JdbcMessageSearch;

/** The managers over a test's database, put together as the server does. */
public final class TestManagers {
    // what James' contract of the manager expects
    private static final int LIMIT_ANNOTATIONS = 3;
    private static final int LIMIT_ANNOTATION_SIZE = 30;

    private final JdbcMailboxManager manager;
    private final StoreMessageIdManager byId;
    private final MessageSearchIndex search;

    public TestManagers(TestDatabase database, Clock clock, PreDeletionHooks hooks) {
        JdbcMailboxSessionMapperFactory mappers =
                new JdbcMailboxSessionMapperFactory(database.database(), database.bodies(), clock);
        MailboxEventJson json = new MailboxEventJson(new JdbcMailboxId.Factory(), new JdbcMessageId.Factory());
        EventBus events = new LocalEventBus(new EventBusParts(
                new RecordingMetricFactory(),
                EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
                new JdbcEventDeadLetters(database.database(), json),
                json));
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), events);
        FakeAuthenticator authenticator = new FakeAuthenticator();
        authenticator.addUser(ManagerTestProvisionner.USER, ManagerTestProvisionner.USER_PASS);
        authenticator.addUser(ManagerTestProvisionner.OTHER_USER, ManagerTestProvisionner.OTHER_USER_PASS);
        SessionProviderImpl sessions = new SessionProviderImpl(authenticator, FakeAuthorizator.defaultReject());
        DefaultUserQuotaRootResolver roots = new DefaultUserQuotaRootResolver(sessions, mappers);
        JdbcMaxQuotaManager limits = new JdbcMaxQuotaManager(database.database());
        StoreQuotaManager quotas = new StoreQuotaManager(new JdbcCurrentQuotaManager(database.database()), limits);
        events.register(new QuotaUsageEvents(roots, quotas, events, clock));
        this.search = new JdbcMessageSearch(database.database(), mappers, mappers, new DefaultTextExtractor());
        this.byId = new StoreMessageIdManager(rights, mappers, events, quotas, roots, hooks);
        this.manager = new JdbcMailboxManager(
                mappers,
                sessions,
                new JVMMailboxPathLocker(),
                new MessageParser(),
                new JdbcMessageId.Factory(),
                new StoreMailboxAnnotationManager(mappers, rights, LIMIT_ANNOTATIONS, LIMIT_ANNOTATION_SIZE),
                events,
                rights,
                new QuotaComponents(limits, quotas, roots),
                search,
                MailboxManagerConfiguration.DEFAULT,
                hooks,
                new NaiveThreadIdGuessingAlgorithm(),
                clock);
    }

    public JdbcMailboxManager manager() {
        return manager;
    }

    public StoreMessageIdManager byId() {
        return byId;
    }

    public MessageSearchIndex search() {
        return search;
    }
}
