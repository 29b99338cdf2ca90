package org.mssante.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.apache.james.queue.api.MailQueueName;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.health.CertificateWatch;
import org.mssante.core.health.DiskWatch;
import org.mssante.core.health.Watch;
import org.mssante.core.service.EmbeddedBackup;
import org.mssante.core.tls.OwnKey;
import org.mssante.core.trace.Trace;
import org.mssante.server.admin.HealthSettings;
import org.mssante.server.admin.QuarantineDesk;
import org.mssante.server.admin.QuarantineWatch;
import org.mssante.server.admin.QueueDesk;
import org.mssante.server.admin.QueueWatch;
import org.mssante.server.admin.Queues;
import org.mssante.server.admin.QuotaDesk;
import org.mssante.server.admin.TrustWatch;
import org.mssante.server.delivery.GivingUp;
import org.mssante.server.mailbox.AskedAnew;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.smime.SigningKeyFolder;
import org.mssante.server.spool.BridgeQueue;
import org.mssante.server.spool.OutgoingQueue;
import org.mssante.server.spool.SpoolQueue;
import org.mssante.server.storage.Storage;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueFactory;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.trust.TrustService;

/** What the operator of this machine sees and does. */
final class AdminModule extends AbstractModule {
    private static final String IDENTITY = "tls.identity";
    private static final String SIGNING = "smime ";

    private final ServerConfiguration configuration;
    private final TrustService trust;
    private final Storage storage;

    AdminModule(ServerConfiguration configuration, TrustService trust, Storage storage) {
        this.configuration = configuration;
        this.trust = trust;
        this.storage = storage;
    }

    /** What the control socket answers and what it watches. */
    record Administration(ControlRoutes routes, List<Watch> watches) {}

    @Provides
    @Singleton
    Administration administration(
            Queues queues,
            SpoolQueue spool,
            JdbcMailRepository quarantine,
            GivingUp givingUp,
            OwnKey identity,
            SigningKeyFolder signingKeys,
            QuotaDesk quotas,
            Trace trace,
            Clock clock) {
        HealthSettings health = configuration.health();
        return new Administration(
                new QueueDesk(queues, givingUp, storage.database(), trace, clock)
                        .routes()
                        .and(new QuarantineDesk(quarantine, spool.stored(), givingUp, storage.database(), trace)
                                .routes())
                        .and(quotas.routes())
                        .and(new EmbeddedBackup(
                                        trace,
                                        configuration.storage().database().url(),
                                        file -> storage.database().copy(file, configuration.backupPatience()))
                                .routes()),
                List.of(
                        storage.database().watch(),
                        new TrustWatch(trust::state, trust.space(), configuration.ownDomains(), health, clock),
                        new CertificateWatch(
                                () -> certificates(identity, signingKeys),
                                () -> refused(identity, signingKeys),
                                health.certificateRemaining(),
                                clock),
                        new QueueWatch(queues, health, clock),
                        new QuarantineWatch(quarantine),
                        new DiskWatch(configuration.dataFolder(), health.diskFreeMegabytes())));
    }

    @Provides
    @Singleton
    QuotaDesk quotas(
            QuotaManager quotas,
            JdbcMaxQuotaManager limits,
            UserQuotaRootResolver roots,
            @AskedAnew Mailboxes mailboxes,
            Trace trace) {
        return new QuotaDesk(quotas, limits, roots, mailboxes, trace);
    }

    private static Map<String, X509Certificate> certificates(OwnKey identity, SigningKeyFolder signingKeys) {
        Map<String, X509Certificate> certificates = new HashMap<>();
        certificates.put(IDENTITY, identity.get().leaf());
        signingKeys.certificates().forEach((mailbox, certificate) -> certificates.put(SIGNING + mailbox, certificate));
        return certificates;
    }

    private static Map<String, String> refused(OwnKey identity, SigningKeyFolder signingKeys) {
        Map<String, String> refused = new HashMap<>();
        identity.problem().ifPresent(why -> refused.put(IDENTITY, why));
        signingKeys.refused().forEach((home, why) -> refused.put(SIGNING + home, why));
        return refused;
    }

    /** The same queues the rooms that work on them know by James' interface. */
    @Provides
    @Singleton
    Queues queues(JdbcMailQueueFactory factory, SpoolQueue spool, OutgoingQueue outgoing, BridgeQueue bridge) {
        return new Queues(
                open(factory, spool.queue().getName()),
                open(factory, outgoing.queue().getName()),
                open(factory, bridge.queue().getName()));
    }

    private static JdbcMailQueue open(JdbcMailQueueFactory factory, MailQueueName name) {
        return factory.createQueue(name);
    }
}
