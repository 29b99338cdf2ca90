package org.mssante.server.storage.mailbox;

import java.time.Clock;
import java.util.EnumSet;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.MessageFactory;
import org.apache.james.mailbox.store.MessageStorer;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.MessageSearchIndex;

/**
 * James' mailbox manager over the SQL mappers. It says what these can do, and stores messages whole: attachments are not
 * taken out of them at arrival, since no protocol of this server asks for one alone.
 */
public final class JdbcMailboxManager extends StoreMailboxManager {
    private static final EnumSet<MailboxCapabilities> MAILBOX = EnumSet.of(
            MailboxCapabilities.Move,
            MailboxCapabilities.UserFlag,
            MailboxCapabilities.Namespace,
            MailboxCapabilities.Annotation,
            MailboxCapabilities.ACL,
            MailboxCapabilities.Quota);

    private final PreDeletionHooks preDeletionHooks;

    @Inject
    public JdbcMailboxManager(
            JdbcMailboxSessionMapperFactory mappers,
            SessionProvider sessions,
            MailboxPathLocker locker,
            MessageParser parser,
            MessageId.Factory messageIds,
            StoreMailboxAnnotationManager annotations,
            EventBus events,
            StoreRightManager rights,
            QuotaComponents quotas,
            MessageSearchIndex index,
            MailboxManagerConfiguration configuration,
            PreDeletionHooks preDeletionHooks,
            ThreadIdGuessingAlgorithm threads,
            Clock clock) {
        super(
                mappers,
                sessions,
                locker,
                parser,
                messageIds,
                annotations,
                events,
                rights,
                quotas,
                index,
                configuration,
                preDeletionHooks,
                threads,
                clock);
        this.preDeletionHooks = preDeletionHooks;
    }

    @Override
    public EnumSet<MailboxCapabilities> getSupportedMailboxCapabilities() {
        return EnumSet.copyOf(MAILBOX);
    }

    @Override
    public EnumSet<MessageCapabilities> getSupportedMessageCapabilities() {
        return EnumSet.of(MessageCapabilities.UniqueID);
    }

    @Override
    protected StoreMessageManager createMessageManager(Mailbox mailbox, MailboxSession session) {
        MessageStorer storer = new MessageStorer.WithoutAttachment(
                getMapperFactory(),
                getMessageIdFactory(),
                new MessageFactory.StoreMessageFactory(),
                getThreadIdGuessingAlgorithm(),
                getClock());
        return new StoreMessageManager(
                getSupportedMessageCapabilities(),
                getMapperFactory(),
                getMessageSearchIndex(),
                getEventBus(),
                getLocker(),
                mailbox,
                getQuotaComponents().getQuotaManager(),
                getQuotaComponents().getQuotaRootResolver(),
                configuration.getBatchSizes(),
                getStoreRightManager(),
                preDeletionHooks,
                storer) {
            /** Any user flag may be set, and stays. */
            @Override
            public Flags getPermanentFlags(MailboxSession asking) {
                Flags flags = super.getPermanentFlags(asking);
                flags.add(Flags.Flag.USER);
                return flags;
            }
        };
    }
}
