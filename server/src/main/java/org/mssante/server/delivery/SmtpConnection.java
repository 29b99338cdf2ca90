package org.mssante.server.delivery;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.TlsContexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SMTP connection as a client sees it: commands out, replies in, TLS from the middle on. Not thread-safe. */
final class SmtpConnection implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SmtpConnection.class);
    private static final int MAX_LINE = 2_048;
    private static final int MAX_LINES = 200;
    private static final int CODE_LENGTH = 3;
    private static final int BUFFER = 64 * 1024;
    private static final int FAREWELL_MILLIS = 1_000;

    private final HostPort peer;
    private final SmtpClientSettings settings;
    private final Socket transport;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private SmtpConnection(HostPort peer, Socket socket, SmtpClientSettings settings) throws IOException {
        this.peer = peer;
        this.settings = settings;
        this.transport = socket;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** Connects to the first address of the host that answers, in the order of the resolver (RFC 5321 §5.1). */
    static SmtpConnection open(HostPort peer, SmtpClientSettings settings) throws IOException {
        return open(peer, List.of(InetAddress.getAllByName(peer.host())), settings);
    }

    /** Each address gets its share of the time that those before it have left. */
    static SmtpConnection open(HostPort peer, List<InetAddress> addresses, SmtpClientSettings settings)
            throws IOException {
        long end = System.nanoTime() + settings.connect().toNanos();
        IOException last = new UnknownHostException("the peer's name has no address");
        for (int i = 0; i < addresses.size(); i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            int share = Math.toIntExact(Math.max(1, left / (addresses.size() - i)));
            try {
                return connect(peer, addresses.get(i), share, settings);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static SmtpConnection connect(
            HostPort peer, InetAddress address, int connectMillis, SmtpClientSettings settings) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, peer.port()), connectMillis);
            socket.setSoTimeout(millis(settings.reply()));
            socket.setTcpNoDelay(true);
            return new SmtpConnection(peer, socket, settings);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    SmtpReply command(String line) throws IOException {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException("a command holds a control character");
        }
        say(line);
        return reply();
    }

    private void say(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
        out.flush();
    }

    /** The stream for the octets after DATA's 354; the caller ends them. */
    DotStuffedOutput content() {
        return new DotStuffedOutput(out);
    }

    /** Reads the reply to the end of the content, for which a peer that stores a message may take its time: the last but QUIT's. */
    SmtpReply replyToContent() throws IOException {
        socket.setSoTimeout(millis(settings.dataEnd()));
        return reply();
    }

    /** Reads one reply, all its lines. */
    SmtpReply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = line();
            if (line.length() < CODE_LENGTH
                    || !line.substring(0, CODE_LENGTH).chars().allMatch(c -> c >= '0' && c <= '9')
                    || lines.size() == MAX_LINES) {
                throw new ProtocolException("the peer's reply is not an SMTP reply");
            }
            lines.add(line.length() > CODE_LENGTH ? line.substring(CODE_LENGTH + 1) : "");
        } while (line.length() > CODE_LENGTH && line.charAt(CODE_LENGTH) == '-');
        return new SmtpReply(Integer.parseInt(line.substring(0, CODE_LENGTH)), String.join("\n", lines));
    }

    /**
     * Turns the connection into TLS. What the peer sent ahead of the handshake is refused: it would count as said under
     * TLS (RFC 3207 §6).
     */
    SSLSession startTls(SSLContext context) throws IOException {
        if (in.available() > 0) {
            throw new ProtocolException("the peer went on talking after its answer to STARTTLS");
        }
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, peer.host(), peer.port(), true);
        tls.setEnabledProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        tls.setEnabledCipherSuites(TlsContexts.CIPHER_SUITES.toArray(String[]::new));
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
        out = new BufferedOutputStream(tls.getOutputStream(), BUFFER);
        return tls.getSession();
    }

    /**
     * Takes leave. The outcome is settled before, and a kill before it is stored would send the message again: a moment is
     * left for the first octet of the answer, which tells that the peer has read all, and for the end of TLS.
     */
    void quit() {
        try {
            socket.setSoTimeout(FAREWELL_MILLIS);
            say("QUIT");
            int first = in.read();
            LOGGER.trace("{} answered QUIT with {}", peer, first);
        } catch (IOException e) {
            LOGGER.debug("{} did not answer QUIT: {}", peer, e.getMessage());
        }
    }

    /** Ends the connection from another thread, even where a TLS write blocks: no farewell, only the socket. */
    void abort() {
        close(transport);
    }

    /** What the peer answered stands, however the connection ends: nobody hears of a failure to close it. */
    @Override
    public void close() {
        close(socket);
    }

    private void close(Socket open) {
        try {
            open.close();
        } catch (IOException e) {
            LOGGER.debug("the connection to {} did not close cleanly: {}", peer, e.getMessage());
        }
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the peer closed the connection");
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.US_ASCII);
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("a line of the peer's reply is longer than " + MAX_LINE);
            }
            if (!Character.isISOControl(octet)) {
                line.write(octet);
            }
        }
    }
}
