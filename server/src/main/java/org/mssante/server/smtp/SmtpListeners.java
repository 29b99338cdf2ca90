package org.mssante.server.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Trace;
import org.mssante.server.listen.DoorTrace;
import org.mssante.server.listen.PortFailure;
import org.mssante.server.listen.ServerTls;

/** Opens and closes the SMTP ports. Not thread-safe: one thread starts and stops a server. */
public final class SmtpListeners {
    private static final int BYTES_PER_KILOBYTE = 1024;

    private final ServerTls tls;
    private final SmtpLimits limits;
    private final ProtocolHandlerLoader handlers;
    private final SmtpMetricsImpl metrics;
    private final DoorTrace trace;
    private final SmtpSessions sessions;
    private final List<MssanteSmtpServer> open = new ArrayList<>();

    @Inject
    public SmtpListeners(
            ServerTls tls,
            SmtpLimits limits,
            ProtocolHandlerLoader handlers,
            MetricFactory metricFactory,
            Trace trace,
            Clock clock,
            SmtpSessions sessions) {
        this.tls = tls;
        this.limits = limits;
        this.handlers = handlers;
        this.metrics = new SmtpMetricsImpl(metricFactory);
        this.trace = new DoorTrace("SMTP", trace, clock);
        this.sessions = sessions;
    }

    /**
     * @param hostName what the server calls itself in its greeting
     * @throws StartupFailure where a port cannot be opened
     */
    public void open(InetAddress address, Map<SmtpPort, Integer> ports, String hostName) {
        for (Map.Entry<SmtpPort, Integer> port : ports.entrySet()) {
            MssanteSmtpServer server =
                    new MssanteSmtpServer(metrics, encryption(port.getKey()), limits, trace, sessions);
            server.setProtocolHandlerLoader(handlers);
            start(server, configuration(port.getKey(), hostName), address, port);
            open.add(server);
        }
    }

    private static void start(
            MssanteSmtpServer server,
            BaseHierarchicalConfiguration configuration,
            InetAddress address,
            Map.Entry<SmtpPort, Integer> port) {
        InetSocketAddress socket = new InetSocketAddress(address, port.getValue());
        try {
            server.configure(configuration);
            // again, by address: James' own reading of "bind" goes through a reverse look-up
            server.setListenAddresses(socket);
            server.init();
        } catch (Exception e) { // all that James declares
            throw PortFailure.of("smtp." + port.getKey().id() + ".port", socket, e);
        }
    }

    public void close() {
        open.forEach(MssanteSmtpServer::destroy);
        open.clear();
    }

    private Encryption encryption(SmtpPort port) {
        return switch (port.tlsStart()) {
            case STARTTLS -> tls.afterStartTls();
            case FIRST_BYTE -> tls.fromTheFirstByte();
        };
    }

    private BaseHierarchicalConfiguration configuration(SmtpPort port, String hostName) {
        BaseHierarchicalConfiguration xml = new BaseHierarchicalConfiguration();
        xml.addProperty("bind", "127.0.0.1:0");
        xml.addProperty("jmxName", "smtp-" + port.id() + "-" + System.identityHashCode(this));
        xml.addProperty("helloName", hostName);
        xml.addProperty("helloName.[@autodetect]", false);
        xml.addProperty("smtpGreeting", hostName + " ESMTP");
        xml.addProperty("ioWorkerCount", limits.threads());
        xml.addProperty("connectiontimeout", 0);
        xml.addProperty("connectionLimit", limits.connections());
        xml.addProperty("maxmessagesize", limits.messageBytes() / BYTES_PER_KILOBYTE);
        xml.addProperty("gracefulShutdown", false);
        xml.addProperty("auth.announce", "never");
        xml.addProperty("handlerchain.[@coreHandlersPackage]", port.handlers().getName());
        xml.addProperty("handlerchain.[@enableJmx]", false);
        return xml;
    }
}
