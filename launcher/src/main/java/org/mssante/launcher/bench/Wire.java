package org.mssante.launcher.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.instance.Endpoint;

/** A connection of lines and octets, in clear or under TLS. What is written goes out with {@link #flush}. */
final class Wire implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;

    private final Endpoint endpoint;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private Wire(Endpoint endpoint, Socket socket) throws IOException {
        this.endpoint = endpoint;
        use(socket);
    }

    /** @param silence after which a read fails */
    static Wire connect(Endpoint endpoint, Duration silence) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) CONNECT_TIMEOUT.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) silence.toMillis());
            return new Wire(endpoint, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Goes on under TLS; the server's certificate must name the host. */
    void secure(SSLContext context) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        parameters.setCipherSuites(TlsContexts.CIPHER_SUITES.toArray(String[]::new));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        use(tls);
    }

    private void use(Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(connected.getInputStream(), BUFFER);
        out = new BufferedOutputStream(connected.getOutputStream(), BUFFER);
    }

    /** One line without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException(endpoint + " ended the connection, or a line that never ends");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    String octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException(endpoint + " ended the connection");
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    void write(String line) throws IOException {
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] octets) throws IOException {
        out.write(octets);
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
