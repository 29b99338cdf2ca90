package org.mssante.dmp.store.http;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import org.apache.cxf.Bus;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.TlsContexts;

/** One HTTPS port that requires a client certificate. */
public final class StoreServer implements AutoCloseable {
    /** Where the national DMP has its services. */
    public static final String CONTEXT = "/si-dmp-server/v2/services";

    private static final int MIN_THREADS = 4;
    private static final long STOP_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;
    private final Bus bus;

    private StoreServer(Server server, ServerConnector connector, Bus bus) {
        this.server = server;
        this.connector = connector;
        this.bus = bus;
    }

    /** @throws StartupFailure where the port is taken or the address is not this machine's */
    public static StoreServer start(HttpsAddress address, Bus bus, ClientList clients) {
        QueuedThreadPool threads = new QueuedThreadPool(address.threads(), MIN_THREADS);
        threads.setName("store-http");
        Server server = new Server(threads);
        server.setStopTimeout(STOP_MILLIS);
        ServerConnector connector = connector(server, address);
        server.addConnector(connector);
        server.setHandler(context(bus, clients));
        StoreServer started = new StoreServer(server, connector, bus);
        started.listen(address);
        return started;
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // Jetty's stop throws whatever one of its parts threw; the process ends all the same
            throw new IllegalStateException("the HTTPS port did not close in order", e);
        } finally {
            bus.shutdown(true);
        }
    }

    private void listen(HttpsAddress address) {
        try {
            connector.open();
        } catch (IOException e) {
            close();
            throw new StartupFailure(
                    "The address " + address.host() + ":" + address.port()
                            + " cannot be used: stop what listens there, change listen.address or soap.port, or start"
                            + " with another --port-offset.",
                    e);
        }
        try {
            server.start();
        } catch (Exception e) {
            // Jetty declares Exception
            close();
            throw new StartupFailure("The HTTPS server does not start (" + e.getMessage() + "): see the log.", e);
        }
    }

    private static ServerConnector connector(Server server, HttpsAddress address) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(address.tls());
        tls.setNeedClientAuth(true);
        tls.setIncludeProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        tls.setIncludeCipherSuites(TlsContexts.CIPHER_SUITES.toArray(String[]::new));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // clients come by address or by any name the certificate has; the client checks it
        SecureRequestCustomizer secure = new SecureRequestCustomizer(false);
        http.addCustomizer(secure);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, plain.getProtocol()), plain);
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(address.idle().toMillis());
        return connector;
    }

    private static ServletContextHandler context(Bus bus, ClientList clients) {
        CXFNonSpringServlet soap = new CXFNonSpringServlet();
        soap.setBus(bus);
        ServletHolder holder = new ServletHolder(soap);
        holder.setInitParameter("hide-service-list-page", "true");
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath(CONTEXT);
        context.addFilter(new FilterHolder(clients), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(holder, "/*");
        return context;
    }
}
