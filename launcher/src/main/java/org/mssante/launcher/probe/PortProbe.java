package org.mssante.launcher.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;

/**
 * Opens a connection to a port, with TLS and the operator's certificate where the port wants it, and reads what the
 * protocol says first.
 */
public final class PortProbe {
    /** LDAP StartTLS (RFC 4511 §4.14, OID 1.3.6.1.4.1.1466.20037): the one question an anonymous client may put. */
    private static final byte[] LDAP_START_TLS =
            HexFormat.of().parseHex("301d02010177188016312e332e362e312e342e312e313436362e3230303337");

    private static final int LDAP_MESSAGE = 0x30;

    private final Instance instance;
    private final Duration patience;

    /** @param patience for the connection, and again for the answer */
    public PortProbe(Instance instance, Duration patience) {
        this.instance = instance;
        this.patience = patience;
    }

    public PortAnswer ask(ServicePort port) {
        Endpoint endpoint = instance.endpoint(port);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis());
            plain.setSoTimeout(millis());
            if (!port.tls()) {
                return answer(port, endpoint, plain, "");
            }
            try (SSLSocket secured = secure(plain, endpoint)) {
                return answer(port, endpoint, secured, secured.getSession().getProtocol() + " ");
            }
        } catch (IOException e) {
            return new PortAnswer(
                    port, endpoint, false, Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private SSLSocket secure(Socket plain, Endpoint endpoint) throws IOException {
        SSLContext context = TlsContexts.mutual(instance.identity("operator"), instance.anchors());
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static PortAnswer answer(ServicePort port, Endpoint endpoint, Socket socket, String tls)
            throws IOException {
        String words = switch (port.greeting()) {
            case SMTP, IMAP -> firstLine(socket);
            case LDAP -> ldapAnswer(socket);
            case NONE -> "handshake done";
        };
        boolean answers = switch (port.greeting()) {
            case SMTP -> words.startsWith("220");
            case IMAP -> words.startsWith("* OK");
            case LDAP, NONE -> true;
        };
        return new PortAnswer(port, endpoint, answers, tls + words);
    }

    private static String firstLine(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        return Optional.ofNullable(reader.readLine()).orElse("closed without a word");
    }

    private static String ldapAnswer(Socket socket) throws IOException {
        socket.getOutputStream().write(LDAP_START_TLS);
        if (socket.getInputStream().read() != LDAP_MESSAGE) {
            throw new IOException("the answer is no LDAP message");
        }
        return "LDAP answers";
    }

    private int millis() {
        return Math.toIntExact(patience.toMillis());
    }
}
