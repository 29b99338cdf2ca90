package org.mssante.server.imap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.netty.Encryption;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Trace;
import org.mssante.server.imap.wire.ConnectionPipeline;
import org.mssante.server.imap.wire.Connections;
import org.mssante.server.imap.wire.ImapService;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.OpenConnections;
import org.mssante.server.listen.PortFailure;
import org.mssante.server.listen.ServerTls;

/** Opens and closes the IMAP ports. Not thread-safe: one thread starts and stops a server. */
public final class ImapListeners {
    private final ServerTls tls;
    private final ImapLimits limits;
    private final Provider<ImapDecoder> decoder;
    private final Provider<ImapEncoder> encoder;
    private final Provider<ImapProcessor> processor;
    private final ImapMetrics metrics;
    private final GaugeRegistry gauges;
    private final Connections connections;
    private final DoorTrace trace;
    private final List<MssanteImapServer> open = new ArrayList<>();

    @Inject
    public ImapListeners(
            ServerTls tls,
            ImapLimits limits,
            Provider<ImapDecoder> decoder,
            Provider<ImapEncoder> encoder,
            Provider<ImapProcessor> processor,
            MetricFactory metricFactory,
            GaugeRegistry gauges,
            Connections connections,
            Trace trace,
            Clock clock) {
        this.tls = tls;
        this.limits = limits;
        this.decoder = decoder;
        this.encoder = encoder;
        this.processor = processor;
        this.metrics = new ImapMetrics(metricFactory);
        this.gauges = gauges;
        this.connections = connections;
        this.trace = new DoorTrace("IMAP", trace, clock);
    }

    /**
     * @param hostName what the server calls itself in its greeting
     * @throws StartupFailure where a port cannot be opened
     */
    public void open(InetAddress address, Map<ImapPort, Integer> ports, String hostName) {
        for (Map.Entry<ImapPort, Integer> port : ports.entrySet()) {
            MssanteImapServer server = server(encryption(port.getKey()), hostName);
            start(server, configuration(port.getKey(), hostName), address, port);
            open.add(server);
        }
    }

    private MssanteImapServer server(Encryption encryption, String hostName) {
        ImapService service = new ImapService(
                "IMAP4rev1 " + hostName + " is ready.",
                encryption,
                processor.get(),
                encoder.get(),
                metrics,
                connections,
                limits.loginTimeout());
        return new MssanteImapServer(service, commands(), decoder.get(), gauges, pipeline(service));
    }

    private ConnectionPipeline pipeline(ImapService service) {
        return new ConnectionPipeline(
                service,
                decoder.get(),
                limits.command(),
                limits.idleTimeout(),
                new OpenConnections(limits.connections(), limits.connectionsPerAddress()),
                trace);
    }

    private ImapConfiguration commands() {
        return ImapConfiguration.builder()
                .appendLimit(Optional.of(Math.toIntExact(limits.command().literal())))
                .isCondstoreEnable(true)
                .isProvisionDefaultMailboxes(false)
                .build();
    }

    private static void start(
            MssanteImapServer server,
            BaseHierarchicalConfiguration configuration,
            InetAddress address,
            Map.Entry<ImapPort, Integer> port) {
        InetSocketAddress socket = new InetSocketAddress(address, port.getValue());
        try {
            server.configure(configuration);
            // again, by address: James' own reading of "bind" goes through a reverse look-up
            server.setListenAddresses(socket);
            server.init();
        } catch (Exception e) { // all that James declares
            throw PortFailure.of(port.getKey().id() + ".port", socket, e);
        }
    }

    public void close() {
        open.forEach(MssanteImapServer::destroy);
        open.clear();
    }

    private Encryption encryption(ImapPort port) {
        return switch (port) {
            case IMAP -> tls.afterStartTls();
            case IMAPS -> tls.fromTheFirstByte();
        };
    }

    private BaseHierarchicalConfiguration configuration(ImapPort port, String hostName) {
        BaseHierarchicalConfiguration xml = new BaseHierarchicalConfiguration();
        xml.addProperty("bind", "127.0.0.1:0");
        xml.addProperty("jmxName", port.id() + "-" + System.identityHashCode(this));
        xml.addProperty("helloName", hostName);
        xml.addProperty("helloName.[@autodetect]", false);
        xml.addProperty("ioWorkerCount", limits.threads());
        xml.addProperty("gracefulShutdown", false);
        return xml;
    }
}
