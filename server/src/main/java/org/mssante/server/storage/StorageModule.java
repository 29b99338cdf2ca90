package org.mssante.server.storage;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.mssante.server.storage.sql.Database;

/**
 * Binds James' storage to the one SQL database. Install it once, beside {@code MailboxModule}, {@code DefaultEventModule}
 * and {@code MemoryDeadLetterModule} of James, in place of the memory or JPA modules:
 *
 * <pre>{@code
 * Modules.combine(new StorageModule(StorageConfiguration.from(settings)), …)
 * }</pre>
 *
 * It binds:
 *
 * <ul>
 *   <li>mailboxes: {@code MailboxManager} (plain and {@code @Named(MAILBOXMANAGER_NAME)}), {@code StoreMailboxManager},
 *       {@code MailboxManagerDefinition}, {@code MailboxManagerConfiguration}, {@code MailboxSessionMapperFactory} and the
 *       {@code MailboxMapperFactory}, {@code MessageMapperFactory}, {@code SubscriptionMapperFactory}, {@code
 *       AttachmentMapperFactory} it is, {@code UidProvider}, {@code ModSeqProvider}, {@code MailboxId.Factory}, {@code
 *       MessageId.Factory}, {@code ThreadIdGuessingAlgorithm}, {@code MailboxPathLocker}, {@code SubscriptionManager},
 *       {@code MessageIdManager}, {@code RightManager}, {@code AttachmentManager}, {@code AttachmentContentLoader}, {@code
 *       SessionProvider}, {@code Authenticator} (the users repository), {@code Authorizator} (the delegation store), {@code
 *       GroupMembershipResolver}, {@code ReIndexer}, the listeners and the steps of a user's renaming;
 *   <li>quotas: {@code QuotaManager}, {@code CurrentQuotaManager}, {@code MaxQuotaManager}, {@code QuotaRootResolver}, {@code
 *       UserQuotaRootResolver}, {@code QuotaRootDeserializer}, {@code QuotaUpdater};
 *   <li>search: {@code MessageSearchIndex} without an index of its own;
 *   <li>queues: {@code MailQueueFactory<?>}, {@code MailQueueFactory<? extends MailQueue>}, {@code MailQueueFactory<? extends
 *       ManageableMailQueue>};
 *   <li>failed mail: {@code MailRepositoryUrlStore}, {@code MailRepositoryStoreConfiguration.Item} (protocol {@code sql});
 *   <li>{@code DelegationStore}: leave {@code NaiveDelegationStoreModule} out.
 * </ul>
 *
 * It does not bind {@code EventBus} and {@code EventDeadLetters}, {@code MailboxACLResolver} ({@code MailboxModule} does),
 * {@code UsersRepository}, {@code DomainList}, {@code RecipientRewriteTable}.
 */
public final class StorageModule extends AbstractModule {
    private final StorageConfiguration configuration;

    public StorageModule(StorageConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    protected void configure() {
        bind(StorageConfiguration.class).toInstance(configuration);
    }

    @Provides
    @Singleton
    Database database() {
        return Database.open(
                configuration.url(),
                configuration.user(),
                configuration.password(),
                configuration.poolSize(),
                configuration.connectionTimeout(),
                configuration.statementTimeout());
    }
}
