package org.mssante.annuaire.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server sockets whose connections may be silent only so long, be it that they say nothing or that they do not read, and which speak
 * TLS from the first byte where they are told to. The handshake happens in the thread of the connection, never in the one that
 * accepts. Thread-safe.
 */
final class PatientServerSockets extends ServerSocketFactory {
    private static final Logger LOGGER = LoggerFactory.getLogger(PatientServerSockets.class);

    private final Duration silence;
    private final Optional<SSLSocketFactory> tls;
    private final Set<WatchedSocket> open = ConcurrentHashMap.newKeySet();

    PatientServerSockets(Duration silence, Optional<SSLSocketFactory> tls) {
        this.silence = silence;
        this.tls = tls;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new Accepting(port, 0, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return new Accepting(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new Accepting(port, backlog, address);
    }

    /** Ends the connections whose clients have not read for as long as they may be silent. To be called now and then. */
    void closeStuck() {
        close(WatchedSocket::isStuck);
    }

    /** Ends the connections that are being written to, so that nobody waits for clients that do not read. */
    void closeWriting() {
        close(WatchedSocket::isWriting);
    }

    private void close(Choice choice) {
        for (WatchedSocket socket : open) {
            try {
                if (choice.isOf(socket)) {
                    LOGGER.info("a client does not read its answers: its connection is closed");
                    socket.close();
                }
            } catch (IOException e) {
                LOGGER.debug("the connection has gone: {}", e.getMessage());
            }
        }
    }

    @FunctionalInterface
    private interface Choice {
        boolean isOf(WatchedSocket socket) throws IOException;
    }

    private final class Accepting extends ServerSocket {
        Accepting(int port, int backlog, InetAddress address) throws IOException {
            super(port, backlog, address);
        }

        @Override
        public Socket accept() throws IOException {
            WatchedSocket socket = new WatchedSocket(open::remove);
            implAccept(socket);
            open.add(socket);
            socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
            return tls.isPresent() ? secured(socket, tls.get()) : socket;
        }

        private static SSLSocket secured(Socket socket, SSLSocketFactory sockets) throws IOException {
            SSLSocket secured = (SSLSocket)
                    sockets.createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            secured.setUseClientMode(false);
            return secured;
        }
    }
}
