package org.mssante.annuaire.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.mssante.core.tls.TlsContexts;

/** HAPI's server in Jetty. Its classes are loaded with the first request of somebody who has logged in. */
final class FhirServer implements AutoCloseable {
    /** As the national one's path ends. */
    static final String PATH = "/fhir/v2";

    private static final String HTTP = "http/1.1";

    private final Server jetty;

    private FhirServer(Server jetty) {
        this.jetty = jetty;
    }

    /** @param channel bound, and blocking */
    static FhirServer start(ServerSocketChannel channel, FhirPort.Configuration configuration, FhirPort.Parts parts)
            throws IOException {
        FhirLimits limits = configuration.limits();
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads());
        threads.setName("fhir");
        threads.setDaemon(true);
        Server jetty = new Server(threads);
        ServerConnector connector = connector(jetty, configuration);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        connector.open(channel);
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(limits.connections(), jetty));
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(new FilterHolder(new RequestGate(parts.logins())), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Api(parts, limits)), PATH + "/*");
        jetty.setHandler(context);
        try {
            jetty.start();
        } catch (Exception e) { // of Jetty's life cycle, which declares no narrower one
            throw new IOException("the HTTP server does not start", e);
        }
        return new FhirServer(jetty);
    }

    @Override
    public void close() throws IOException {
        try {
            jetty.stop();
        } catch (Exception e) { // of Jetty's life cycle, which declares no narrower one
            throw new IOException("the HTTP server does not stop", e);
        }
    }

    private static ServerConnector connector(Server jetty, FhirPort.Configuration configuration) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(configuration.tls());
        tls.setIncludeProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        tls.setExcludeCipherSuites();
        tls.setIncludeCipherSuites(TlsContexts.CIPHER_SUITES.toArray(String[]::new));
        tls.setRenegotiationAllowed(false);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // clients name the machine as they like: the certificate is theirs to check
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(jetty, 1, 1, new SslConnectionFactory(tls, HTTP), new HttpConnectionFactory(http));
    }

    /** The API; made with the first request. */
    private static final class Api extends RestfulServer {
        private static final long serialVersionUID = 1L;

        private final transient FhirPort.Parts parts;
        private final transient FhirLimits limits;

        Api(FhirPort.Parts parts, FhirLimits limits) {
            this.parts = parts;
            this.limits = limits;
        }

        @Override
        protected void initialize() {
            setFhirContext(FhirContext.forR4Cached());
            setDefaultResponseEncoding(EncodingEnum.JSON);
            setServerName("MSSante annuaire");
            setImplementationDescription("MSSante annuaire");
            setServerVersion("1");
            DirectoryPages pages = new DirectoryPages(parts, limits);
            setPagingProvider(pages);
            setResourceProviders(
                    new PractitionerSearch(pages), new PractitionerRoleSearch(pages), new OrganizationSearch(pages));
        }
    }
}
