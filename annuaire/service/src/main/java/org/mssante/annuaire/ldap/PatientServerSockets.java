package org.mssante.annuaire.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Server sockets whose connections may be silent only so long, and which speak TLS from the first byte where they are
 * told to. The handshake happens in the thread of the connection, never in the one that accepts.
 */
final class PatientServerSockets extends ServerSocketFactory {
    private final Duration silence;
    private final Optional<SSLSocketFactory> tls;

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

    private final class Accepting extends ServerSocket {
        Accepting(int port, int backlog, InetAddress address) throws IOException {
            super(port, backlog, address);
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = new GatheringSocket();
            implAccept(socket);
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
