package org.mssante.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/** Lines to and from a server over a real socket, in clear or under TLS. */
class Conversation implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLContext tls;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Conversation(int port, Optional<KeyMaterial> own, List<X509Certificate> anchors) throws IOException {
        this.tls = own.map(key -> TlsContexts.mutual(key, anchors)).orElseGet(() -> TlsContexts.trusting(anchors));
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setTcpNoDelay(true);
        use(plain);
    }

    final void handshake() throws IOException {
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secured.startHandshake();
        use(secured);
    }

    final void send(String line) throws IOException {
        sendBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    final void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next line without its end. */
    final String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        if (octet < 0 && line.size() == 0) {
            throw new EOFException("the server has closed the connection");
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    final byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    final boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }
}
