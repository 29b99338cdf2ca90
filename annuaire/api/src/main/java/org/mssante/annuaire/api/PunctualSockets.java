package org.mssante.annuaire.api;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS whose every answer has to be complete in time: from what was last written on, all that is read counts together, so that
 * a server that sends an octet now and then holds nobody up. A time-out of a socket bounds each read alone. Thread-safe.
 */
final class PunctualSockets extends SocketFactory {
    private final SSLSocketFactory tls;
    private final String host;
    private final Duration connectTime;
    private final Duration answerTime;

    /** @param host of the server, as its certificate names it */
    PunctualSockets(SSLSocketFactory tls, String host, Duration connectTime, Duration answerTime) {
        this.tls = tls;
        this.host = host;
        this.connectTime = connectTime;
        this.answerTime = answerTime;
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        Socket socket = new Punctual(answerTime);
        try {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(connectTime.toMillis()));
            return tls.createSocket(socket, host, port, true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(String name, int port) throws IOException {
        return createSocket(InetAddress.getByName(name), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    @Override
    public Socket createSocket(String name, int port, InetAddress localAddress, int localPort) throws IOException {
        return createSocket(name, port);
    }

    private static final class Punctual extends Socket {
        private final long answerNanos;
        private volatile long asked = System.nanoTime();

        Punctual(Duration answerTime) {
            this.answerNanos = answerTime.toNanos();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] octets, int from, int count) throws IOException {
                    asked = System.nanoTime();
                    out.write(octets, from, count);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    limit();
                    return super.read();
                }

                @Override
                public int read(byte[] octets, int from, int count) throws IOException {
                    limit();
                    return super.read(octets, from, count);
                }
            };
        }

        private void limit() throws IOException {
            long left = TimeUnit.NANOSECONDS.toMillis(answerNanos - (System.nanoTime() - asked));
            if (left <= 0) {
                throw new SocketTimeoutException("the answer is not complete in time");
            }
            setSoTimeout(Math.toIntExact(left));
        }
    }
}
