package org.mssante.server.storage;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import java.time.Clock;
import java.time.Duration;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventListener;
import org.apache.james.events.EventSerializer;
import org.apache.james.mailbox.AttachmentContentLoader;
import org.apache.james.mailbox.AttachmentManager;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.RightManager;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreAttachmentManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.AttachmentMapperFactory;
import org.apache.james.mailbox.store.mail.MailboxMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapperFactory;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.mailbox.store.user.SubscriptionMapperFactory;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.user.api.DelegationStore;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.delegation.JdbcDelegationStore;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.JdbcEventDeadLetters;
import org.mssante.server.storage.events.MailboxEventJson;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.mailbox.JdbcMailboxId;
import org.mssante.server.storage.mailbox.JdbcMailboxManager;
import org.mssante.server.storage.mailbox.JdbcMailboxSessionMapperFactory;
import org.mssante.server.storage.mailbox.JdbcMessageId;
import org.mssante.server.storage.mailbox.ReferenceThreads;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.queue.QueueSettings;
import org.mssante.server.storage.quota.JdbcCurrentQuotaManager;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.quota.QuotaUsageEvents;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.storage.search.JdbcMessageSearch;
import org.mssante.server.storage.sql.Database;

/**
 * Binds James' storage to the one SQL database:
 *
 * <ul>
 *   <li>mailboxes: {@code MailboxManager}, {@code MessageIdManager}, {@code RightManager}, {@code SubscriptionManager},
 *       {@code AttachmentManager}, {@code SessionProvider}, the factories of mappers and of ids, the providers of UIDs and
 *       modification sequences, {@code ThreadIdGuessingAlgorithm}, {@code MailboxPathLocker};
 *   <li>quotas: {@code QuotaManager}, {@code CurrentQuotaManager}, {@code MaxQuotaManager}, {@code QuotaRootResolver},
 *       {@code UserQuotaRootResolver}. Usage changes with the messages: no listener may be registered for it;
 *   <li>{@code MessageSearchIndex}: over the tables of the messages, so right after a crash as before it;
 *   <li>queues: {@code MailQueueFactory<?>} and its two narrower forms;
 *   <li>{@code MailRepository}: the quarantine; {@code DelegationStore};
 *   <li>{@code EventBus}: in this process on H2, shared by the nodes on PostgreSQL; {@code EventDeadLetters}, {@code
 *       EventSerializer}.
 * </ul>
 *
 * The rest of the server binds {@code Authenticator} and {@code Authorizator}, {@code MailboxACLResolver},
 * {@code RetryBackoffConfiguration}, {@code PreDeletionHook}s, {@code Clock}, {@code Trace}, {@code MetricFactory}, {@code GaugeRegistry} and {@code
 * MailQueueItemDecoratorFactory}.
 */
public final class StorageModule extends AbstractModule {
    private static final String QUARANTINE = "quarantine";
    private static final Duration QUEUE_POLL = Duration.ofSeconds(1);

    private final StorageConfiguration configuration;
    private final Storage storage;

    /** @param storage open; whoever opened it closes it once nothing of this module is used any more */
    public StorageModule(StorageConfiguration configuration, Storage storage) {
        this.configuration = configuration;
        this.storage = storage;
    }

    @Override
    protected void configure() {
        mailboxes();
        quotas();
        bind(TextExtractor.class).to(DefaultTextExtractor.class);
        bind(MessageSearchIndex.class).to(JdbcMessageSearch.class);
        bind(Database.class).toInstance(storage.database());
        bind(new TypeLiteral<MailQueueFactory<?>>() {}).to(JdbcMailQueueFactory.class);
        bind(new TypeLiteral<MailQueueFactory<? extends MailQueue>>() {}).to(JdbcMailQueueFactory.class);
        bind(new TypeLiteral<MailQueueFactory<? extends ManageableMailQueue>>() {})
                .to(JdbcMailQueueFactory.class);
        bind(EventSerializer.class).to(MailboxEventJson.class);
        bind(DelegationStore.class).toInstance(new JdbcDelegationStore(storage.database()));
        bind(MailRepository.class).to(JdbcMailRepository.class);
        StoredMails mails = new StoredMails(storage.bodies());
        bind(StoredMails.class).toInstance(mails);
        bind(JdbcMailRepository.class).toInstance(new JdbcMailRepository(QUARANTINE, storage.database(), mails));
    }

    private void mailboxes() {
        bind(StoreMailboxManager.class).to(JdbcMailboxManager.class);
        bind(MailboxManager.class).to(JdbcMailboxManager.class);
        bind(JdbcMailboxManager.class).in(Scopes.SINGLETON);
        bind(MailboxManagerConfiguration.class).toInstance(MailboxManagerConfiguration.DEFAULT);
        bind(MailboxSessionMapperFactory.class).to(JdbcMailboxSessionMapperFactory.class);
        bind(MessageMapperFactory.class).to(JdbcMailboxSessionMapperFactory.class);
        bind(MailboxMapperFactory.class).to(JdbcMailboxSessionMapperFactory.class);
        bind(SubscriptionMapperFactory.class).to(JdbcMailboxSessionMapperFactory.class);
        bind(AttachmentMapperFactory.class).to(JdbcMailboxSessionMapperFactory.class);
        bind(MailboxId.Factory.class).to(JdbcMailboxId.Factory.class);
        bind(MessageId.Factory.class).to(JdbcMessageId.Factory.class);
        bind(ThreadIdGuessingAlgorithm.class).to(ReferenceThreads.class);
        bind(MailboxPathLocker.class).to(JVMMailboxPathLocker.class).in(Scopes.SINGLETON);
        bind(SubscriptionManager.class).to(StoreSubscriptionManager.class);
        bind(MessageIdManager.class).to(StoreMessageIdManager.class);
        bind(RightManager.class).to(StoreRightManager.class);
        bind(AttachmentManager.class).to(StoreAttachmentManager.class);
        bind(AttachmentContentLoader.class).to(AttachmentManager.class);
        bind(SessionProvider.class).to(SessionProviderImpl.class);
    }

    private void quotas() {
        bind(QuotaManager.class).to(StoreQuotaManager.class);
        bind(CurrentQuotaManager.class).toInstance(new JdbcCurrentQuotaManager(storage.database()));
        bind(MaxQuotaManager.class).to(JdbcMaxQuotaManager.class);
        bind(JdbcMaxQuotaManager.class).toInstance(storage.maxQuotas(configuration.quota()));
        bind(QuotaRootResolver.class).to(DefaultUserQuotaRootResolver.class);
        bind(UserQuotaRootResolver.class).to(DefaultUserQuotaRootResolver.class);
        Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class)
                .addBinding()
                .to(QuotaUsageEvents.class);
    }

    @Provides
    @Singleton
    JdbcMailboxSessionMapperFactory mappers(Clock clock) {
        return new JdbcMailboxSessionMapperFactory(storage.database(), storage.bodies(), clock);
    }

    @Provides
    @Singleton
    EventBus events(EventBusParts parts) {
        return storage.openEvents(configuration.eventRetention(), parts);
    }

    @Provides
    @Singleton
    EventDeadLetters deadLetters(EventSerializer serializer) {
        return new JdbcEventDeadLetters(storage.database(), serializer);
    }

    @Provides
    UidProvider uids(JdbcMailboxSessionMapperFactory mappers) {
        return mappers.getUidProvider();
    }

    @Provides
    ModSeqProvider modSeqs(JdbcMailboxSessionMapperFactory mappers) {
        return mappers.getModSeqProvider();
    }

    @Provides
    @Singleton
    JdbcMailQueueFactory queues(
            StoredMails mails,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Trace trace,
            Clock clock) {
        return new JdbcMailQueueFactory(
                new QueueSettings(configuration.visibilityTimeout(), QUEUE_POLL, storage.joinQueues(clock)),
                storage.database(),
                mails,
                decorators,
                metrics,
                gauges,
                trace,
                clock);
    }
}
