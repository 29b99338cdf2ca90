package org.mssante.server.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.james.core.Username;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.mailbox.Authenticator;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.acl.MailboxACLResolver;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.extension.PreDeletionHook;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.trace.Trace;
import org.mssante.server.trust.RecordedTrace;
import reactor.core.publisher.Flux;

class StorageModuleTest {
    private static final MailboxPath INBOX = MailboxPath.inbox(Username.of("dr.test@demo.medecin.mssante.fr"));
    private static final String MAIL = "Subject: compte rendu\r\n\r\nTexte.\r\n";

    @TempDir
    Path folder;

    @Test
    void findsMessageWithItsIdAfterARestart() throws Exception {
        String id;
        try (Life first = new Life(folder)) {
            MailboxManager manager = first.injector.getInstance(MailboxManager.class);
            MailboxSession session = manager.createSystemSession(INBOX.getUser());
            manager.createMailbox(INBOX, session);
            id = manager.getMailbox(INBOX, session)
                    .appendMessage(AppendCommand.builder().build(MAIL.getBytes(US_ASCII)), session)
                    .getId()
                    .getMessageId()
                    .serialize();
        }
        try (Life second = new Life(folder)) {
            MailboxManager manager = second.injector.getInstance(MailboxManager.class);
            MailboxSession session = manager.createSystemSession(INBOX.getUser());
            MessageResult found = manager.getMailbox(INBOX, session)
                    .getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session)
                    .next();
            assertThat(found.getMessageId().serialize()).isEqualTo(id);
            assertThat(found.getFullContent().getInputStream()).hasContent(MAIL);
        }
    }

    @Test
    void givesBackMailThatWasInHandWhenTheProcessEnded() throws Exception {
        try (Life first = new Life(folder)) {
            var queue = first.queues().createQueue(MailQueueFactory.SPOOL);
            queue.enQueue(Mails.defaultMail().name("mail-1").build());
            MailQueueItem taken = Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(20));
            assertThat(taken.getMail().getName()).isEqualTo("mail-1");
        }
        try (Life second = new Life(folder)) {
            MailQueueItem again = Flux.from(
                            second.queues().createQueue(MailQueueFactory.SPOOL).deQueue())
                    .blockFirst(Duration.ofSeconds(20));
            assertThat(again.getMail().getName()).isEqualTo("mail-1");
        }
    }

    /** One life of a server on a database file. */
    private static final class Life implements AutoCloseable {
        private final Storage storage;
        private final Injector injector;

        Life(Path folder) {
            StorageConfiguration configuration =
                    StorageConfiguration.defaults("jdbc:h2:file:" + folder.resolve("mail"));
            storage = Storage.open(configuration, Clock.systemUTC());
            injector = Guice.createInjector(Stage.PRODUCTION, new StorageModule(configuration, storage), new Rest());
        }

        MailQueueFactory<?> queues() {
            return injector.getInstance(Key.get(new TypeLiteral<MailQueueFactory<?>>() {}));
        }

        @Override
        public void close() {
            storage.close();
        }
    }

    /** What the rest of the server binds. */
    private static final class Rest extends AbstractModule {
        @Override
        protected void configure() {
            RecordingMetricFactory metrics = new RecordingMetricFactory();
            bind(Clock.class).toInstance(Clock.systemUTC());
            bind(Trace.class).toInstance(new RecordedTrace());
            bind(MetricFactory.class).toInstance(metrics);
            bind(GaugeRegistry.class).toInstance(new NoopGaugeRegistry());
            bind(MailQueueItemDecoratorFactory.class).to(RawMailQueueItemDecoratorFactory.class);
            bind(MailboxACLResolver.class).to(UnionMailboxACLResolver.class);
            bind(Authenticator.class).toInstance(new FakeAuthenticator());
            bind(Authorizator.class).toInstance(FakeAuthorizator.defaultReject());
            Multibinder.newSetBinder(binder(), PreDeletionHook.class);
            bind(RetryBackoffConfiguration.class).toInstance(RetryBackoffConfiguration.DEFAULT);
        }
    }
}
