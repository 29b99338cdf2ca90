package org.mssante.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.apache.james.adapter.mailbox.UserRepositoryAuthenticator;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.mailbox.Authenticator;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.user.api.UsersRepository;
import org.mssante.annuaire.api.Directory;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.tls.OwnKey;
import org.mssante.core.trace.Trace;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.LoginRules;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.auth.RightsWatch;
import org.mssante.server.auth.token.AccessTokens;
import org.mssante.server.auth.token.ProSanteConnect;
import org.mssante.server.auth.token.TokenSettings;
import org.mssante.server.delivery.Quarantine;
import org.mssante.server.imap.ImapLimits;
import org.mssante.server.imap.ImapSessions;
import org.mssante.server.imap.SpecialFolders;
import org.mssante.server.listen.ServerTls;
import org.mssante.server.mailbox.AskedAnew;
import org.mssante.server.mailbox.DirectoryCache;
import org.mssante.server.mailbox.DirectoryUsers;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.mailbox.MemberAuthorizator;
import org.mssante.server.mailbox.OwnDomainList;
import org.mssante.server.purge.PurgedMailboxes;
import org.mssante.server.sending.SendingLimits;
import org.mssante.server.sending.SentRecipients;
import org.mssante.server.smime.CmsSignatureVerifier;
import org.mssante.server.smime.SignatureVerifier;
import org.mssante.server.smime.SigningKeyFolder;
import org.mssante.server.smtp.FromRule;
import org.mssante.server.smtp.HandlerLoader;
import org.mssante.server.smtp.SmtpLimits;
import org.mssante.server.smtp.SmtpSessions;
import org.mssante.server.smtp.TrustSpaceRecipientHook.OtherPatientAddresses;
import org.mssante.server.spool.BridgeQueue;
import org.mssante.server.spool.MailHost;
import org.mssante.server.spool.OutgoingQueue;
import org.mssante.server.spool.SpoolLimits;
import org.mssante.server.spool.SpoolQueue;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.TrustSpace;

/** Our own rooms: what stands between James and the directory, the trust space and the trace. */
final class MailModule extends AbstractModule {
    private final ServerConfiguration configuration;
    private final Foundations foundations;

    /**
     * What is opened before James, and outlives it.
     *
     * @param directoryAskedAnew the same directory, for somebody who does not want what is remembered
     * @param directoryNeverFromMemory the same directory, for somebody who wants no answer rather than what is remembered
     */
    record Foundations(
            Trace trace,
            Clock clock,
            OwnKey identity,
            Directory directory,
            Directory directoryAskedAnew,
            Directory directoryNeverFromMemory,
            TrustSpace space,
            CertificateVerifier certificates) {}

    MailModule(ServerConfiguration configuration, Foundations foundations) {
        this.configuration = configuration;
        this.foundations = foundations;
    }

    @Override
    protected void configure() {
        bind(Clock.class).toInstance(foundations.clock());
        bind(Trace.class).toInstance(foundations.trace());
        bind(Directory.class).toInstance(foundations.directory());
        bind(TrustSpace.class).toInstance(foundations.space());
        bind(CertificateVerifier.class).toInstance(foundations.certificates());
        bind(OwnKey.class).toInstance(foundations.identity());
        bind(ServerTls.class).toInstance(new ServerTls(foundations.identity()));

        bind(OtherPatientAddresses.class).toInstance(new OtherPatientAddresses(configuration.patientsOthers()));
        bind(SmtpLimits.class).toInstance(configuration.smtp());
        bind(SendingLimits.class).toInstance(configuration.sending().limits());
        bind(SentRecipients.class)
                .toInstance(new SentRecipients(configuration.sending().window(), foundations.clock()));
        bind(FromRule.class).toInstance(configuration.fromRule());
        bind(FailedLogins.class)
                .toInstance(new FailedLogins(
                        new Lockout(configuration.lockout(), foundations.clock()),
                        new Lockout(configuration.proofLockout(), foundations.clock())));
        bind(ImapLimits.class).toInstance(configuration.imap());
        bind(SmtpSessions.class).in(Scopes.SINGLETON);
        bind(SpecialFolders.class).toInstance(new SpecialFolders(configuration.folders()));
        bind(SpoolLimits.class).toInstance(configuration.spool());
        bind(ZoneId.class).toInstance(configuration.zone());
        bind(MailHost.class).toInstance(new MailHost(configuration.hostName().name()));
        bind(Mailboxes.class).toInstance(new Mailboxes(foundations.directory(), configuration.ownDomains()));
        bind(Mailboxes.class)
                .annotatedWith(AskedAnew.class)
                .toInstance(new Mailboxes(foundations.directoryAskedAnew(), configuration.ownDomains()));

        bind(UsersRepository.class).to(DirectoryUsers.class).in(Scopes.SINGLETON);
        bind(Authenticator.class).to(UserRepositoryAuthenticator.class);
        bind(Authorizator.class).to(MemberAuthorizator.class);
        bind(DomainList.class).to(OwnDomainList.class).in(Scopes.SINGLETON);
        bind(ProtocolHandlerLoader.class).to(HandlerLoader.class);
    }

    @Provides
    @Singleton
    Doorkeeper doorkeeper(@AskedAnew Mailboxes mailboxes) {
        LoginRules rules = new LoginRules(
                configuration.passwords(), configuration.tokens().map(this::tokens), configuration.tokenSession());
        return new Doorkeeper(
                foundations.directoryAskedAnew(), mailboxes, foundations.certificates(), rules, foundations.clock());
    }

    private AccessTokens tokens(TokenSettings settings) {
        return ProSanteConnect.open(settings, configuration.trust().fetching().proxy(), foundations.clock());
    }

    @Provides
    @Singleton
    LoginTrace loginTrace() {
        return new LoginTrace(foundations.trace());
    }

    /** Each round has its own memory, in which a mailbox is asked about once. */
    @Provides
    @Singleton
    RightsWatch rightsWatch(ImapSessions reading, SmtpSessions sending, Doorkeeper doorkeeper) {
        return new RightsWatch(
                () -> Stream.concat(reading.stream(), sending.stream()),
                () -> new Mailboxes(
                        new DirectoryCache(
                                foundations.directoryAskedAnew(), configuration.cache(), foundations.clock()),
                        configuration.ownDomains()),
                doorkeeper,
                foundations.trace());
    }

    @Provides
    @Singleton
    PurgedMailboxes purgedMailboxes(Database database) {
        return new PurgedMailboxes(
                database,
                foundations.directoryNeverFromMemory(),
                foundations.trace(),
                foundations.clock().withZone(configuration.zone()));
    }

    @Provides
    @Singleton
    SignatureVerifier signatures() {
        return new CmsSignatureVerifier(foundations.certificates(), configuration.maxSignatureBytes());
    }

    @Provides
    @Singleton
    SigningKeyFolder signingKeys() {
        return SigningKeyFolder.load(configuration.signingKeys(), foundations.trace(), foundations.clock());
    }

    @Provides
    @Singleton
    SpoolQueue spool(JdbcMailQueueFactory queues) {
        return new SpoolQueue(queues.createQueue(MailQueueFactory.SPOOL));
    }

    @Provides
    @Singleton
    OutgoingQueue outgoing(JdbcMailQueueFactory queues) {
        return new OutgoingQueue(queues.createQueue(MailQueueName.of("outgoing")));
    }

    @Provides
    @Singleton
    BridgeQueue bridge(JdbcMailQueueFactory queues) {
        return new BridgeQueue(queues.createQueue(MailQueueName.of("bridge")));
    }

    @Provides
    @Singleton
    Quarantine quarantine(JdbcMailRepository repository) {
        return new Quarantine(repository, foundations.trace());
    }
}
