package org.mssante.annuaire.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mssante.annuaire.login.Logins;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the APIs, HTTP over TLS. It listens at once, and becomes a server with the first connection: one that
 * nobody asks costs a socket and a thread that waits. Thread-safe.
 */
public final class WebPort implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebPort.class);
    private static final int BACKLOG = 50;

    private final Configuration configuration;
    private final Parts parts;
    private final ServerSocketChannel channel;
    private final Selector waiting;
    private Optional<WebServer> server = Optional.empty();
    private boolean closed;

    /** @param port 0 for any free one */
    public record Configuration(InetAddress address, int port, SSLContext tls, WebLimits limits) {}

    /** Who is let in, and to what. */
    public record Parts(Logins logins, List<Site> sites) {
        public Parts {
            sites = List.copyOf(sites);
        }
    }

    private WebPort(Configuration configuration, Parts parts, ServerSocketChannel channel, Selector waiting) {
        this.configuration = configuration;
        this.parts = parts;
        this.channel = channel;
        this.waiting = waiting;
    }

    /** Returns once the port is taken. */
    public static WebPort open(Configuration configuration, Parts parts) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                bind(channel, configuration);
                channel.configureBlocking(false);
                Selector waiting = Selector.open();
                channel.register(waiting, SelectionKey.OP_ACCEPT);
                WebPort port = new WebPort(configuration, parts, channel, waiting);
                Thread thread = new Thread(port::await, "https-port");
                thread.setDaemon(true);
                thread.start();
                return port;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exception of the socket alone does not say which port is taken. */
    private static void bind(ServerSocketChannel channel, Configuration configuration) throws IOException {
        try {
            channel.bind(new InetSocketAddress(configuration.address(), configuration.port()), BACKLOG);
        } catch (BindException e) {
            BindException named = new BindException(
                    configuration.address().getHostAddress() + ":" + configuration.port() + ", " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    public int port() {
        return channel.socket().getLocalPort();
    }

    /** True once somebody has connected and is served. */
    public synchronized boolean isServing() {
        return server.isPresent();
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            waiting.close();
            if (server.isPresent()) {
                server.get().close();
            }
            channel.close();
        } catch (IOException e) {
            LOGGER.warn("the HTTPS port was not closed in order: {}", FailureTrail.of(e));
        }
    }

    private void await() {
        try {
            waiting.select();
            serve();
        } catch (ClosedSelectorException e) {
            LOGGER.debug("the HTTPS port was closed before anybody came");
        } catch (IOException | RuntimeException e) { // the outermost loop of this port: the other ports go on
            LOGGER.error("the HTTPS port does not answer: {}", FailureTrail.of(e));
            close();
        }
    }

    /** The connection that woke us up waits in the backlog. */
    private synchronized void serve() throws IOException {
        if (!closed) {
            waiting.close();
            channel.configureBlocking(true);
            server = Optional.of(WebServer.start(channel, configuration, parts));
        }
    }
}
