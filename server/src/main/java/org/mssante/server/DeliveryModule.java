package org.mssante.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.apache.james.metrics.api.MetricFactory;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.OwnKey;
import org.mssante.core.trace.Trace;
import org.mssante.server.delivery.ArrivalNotices;
import org.mssante.server.delivery.BackOff;
import org.mssante.server.delivery.BridgeHandOver;
import org.mssante.server.delivery.ConfiguredRoutes;
import org.mssante.server.delivery.DeliverySettings;
import org.mssante.server.delivery.ExpectedPeer;
import org.mssante.server.delivery.GivingUp;
import org.mssante.server.delivery.MxRoutes;
import org.mssante.server.delivery.OperatorHandOver;
import org.mssante.server.delivery.OutboundDelivery;
import org.mssante.server.delivery.Quarantine;
import org.mssante.server.delivery.Reports;
import org.mssante.server.delivery.ReturnToSender;
import org.mssante.server.delivery.Routes;
import org.mssante.server.delivery.SmtpRelay;
import org.mssante.server.spool.BridgeQueue;
import org.mssante.server.spool.OutgoingQueue;
import org.mssante.server.spool.SpoolQueue;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.TrustSpace;

/** The two ways out: to the operators of the trust space, and to the DMP bridge. */
final class DeliveryModule extends AbstractModule {
    private final ServerConfiguration configuration;

    DeliveryModule(ServerConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Starts to empty the queues, and stops. */
    record Deliveries(OutboundDelivery operators, OutboundDelivery bridge, ScheduledExecutorService watchdog) {
        void start() {
            operators.start();
            bridge.start();
        }

        void close() {
            operators.close();
            bridge.close();
            watchdog.shutdownNow();
        }
    }

    @Provides
    @Singleton
    Deliveries deliveries(
            OutgoingQueue outgoing,
            BridgeQueue bridge,
            OperatorHandOver toOperators,
            BridgeHandOver toBridge,
            GivingUp givingUp,
            ArrivalNotices notices,
            Database database,
            ScheduledExecutorService watchdog,
            Trace trace,
            Clock clock) {
        DeliverySettings settings = configuration.delivery();
        return new Deliveries(
                new OutboundDelivery(
                        outgoing.stored(),
                        database,
                        toOperators,
                        settings.backOff(),
                        givingUp,
                        notices,
                        settings.limits(),
                        trace,
                        clock),
                new OutboundDelivery(
                        bridge.stored(),
                        database,
                        toBridge,
                        BackOff.endless(settings.bridge().delays()),
                        givingUp,
                        notices,
                        settings.limits(),
                        trace,
                        clock),
                watchdog);
    }

    @Provides
    @Singleton
    OperatorHandOver toOperators(TrustSpace space, Routes routes, SmtpRelay relay) {
        return new OperatorHandOver(space, routes, relay);
    }

    @Provides
    @Singleton
    BridgeHandOver toBridge(CertificateVerifier certificates, SmtpRelay relay, Clock clock) {
        DeliverySettings.Bridge bridge = configuration.delivery().bridge();
        return new BridgeHandOver(bridge.intake(), new ExpectedPeer(bridge.subject(), certificates, clock), relay);
    }

    @Provides
    @Singleton
    SmtpRelay relay(OwnKey own, ScheduledExecutorService watchdog) {
        return new SmtpRelay(own, configuration.delivery().client(), watchdog);
    }

    @Provides
    @Singleton
    ScheduledExecutorService watchdog() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "delivery-watchdog");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Provides
    @Singleton
    Reports reports(SpoolQueue spool, Clock clock) {
        return new Reports(spool.stored(), configuration.hostName().name(), configuration.postmaster(), clock);
    }

    @Provides
    @Singleton
    GivingUp givingUp(Reports reports, Quarantine quarantine, Trace trace) {
        return new ReturnToSender(reports, quarantine, trace);
    }

    @Provides
    @Singleton
    ArrivalNotices arrivalNotices(Reports reports, Trace trace) {
        return new ArrivalNotices(reports, trace);
    }

    @Provides
    @Singleton
    Routes routes(DNSService dns) {
        DeliverySettings settings = configuration.delivery();
        return new ConfiguredRoutes(settings.routes(), new MxRoutes(dns, settings.mxPort()));
    }

    @Provides
    @Singleton
    DNSService dns(MetricFactory metrics) {
        BaseHierarchicalConfiguration xml = new BaseHierarchicalConfiguration();
        xml.addProperty("autodiscover", configuration.dnsServers().isEmpty());
        configuration.dnsServers().forEach(server -> xml.addProperty("servers.server", server));
        DNSJavaService dns = new DNSJavaService(metrics);
        try {
            dns.configure(xml);
            dns.init();
            return dns;
        } catch (Exception e) { // all that James declares
            throw new StartupFailure(
                    "The DNS servers of delivery.dns.servers cannot be used (" + e.getMessage() + "): correct them.",
                    e);
        }
    }
}
