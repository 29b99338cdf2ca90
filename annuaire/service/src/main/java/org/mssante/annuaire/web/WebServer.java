package org.mssante.annuaire.web;

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

/** Jetty, with a gate before each API. */
final class WebServer implements AutoCloseable {
    private static final String HTTP = "http/1.1";

    private final Server jetty;

    private WebServer(Server jetty) {
        this.jetty = jetty;
    }

    /** @param channel bound, and blocking */
    static WebServer start(ServerSocketChannel channel, WebPort.Configuration configuration, WebPort.Parts parts)
            throws IOException {
        WebLimits limits = configuration.limits();
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads());
        threads.setName("https");
        threads.setDaemon(true);
        Server jetty = new Server(threads);
        ServerConnector connector = connector(jetty, configuration);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        connector.open(channel);
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(limits.connections(), jetty));
        ServletContextHandler context = new ServletContextHandler();
        for (Site site : parts.sites()) {
            String below = site.path() + "/*";
            context.addFilter(
                    new FilterHolder(new Gate(parts.logins(), site)), below, EnumSet.of(DispatcherType.REQUEST));
            context.addServlet(new ServletHolder(site.servlet()), below);
        }
        context.setErrorHandler(new BareErrors());
        jetty.setErrorHandler(new BareErrors());
        jetty.setHandler(context);
        try {
            jetty.start();
        } catch (Exception e) { // of Jetty's life cycle, which declares no narrower one
            throw new IOException("the HTTP server does not start", e);
        }
        return new WebServer(jetty);
    }

    @Override
    public void close() throws IOException {
        try {
            jetty.stop();
        } catch (Exception e) { // of Jetty's life cycle, which declares no narrower one
            throw new IOException("the HTTP server does not stop", e);
        }
    }

    private static ServerConnector connector(Server jetty, WebPort.Configuration configuration) {
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
}
