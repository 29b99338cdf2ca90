package org.mssante.server.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/** A peer's SMTP server on a free port, over real sockets and TLS, that answers as a test wants. */
final class ScriptedSmtpServer implements AutoCloseable {
    /** In the place of an answer to CONTENT: the connection ends without one. */
    static final String HANG_UP = "(hang up)";

    private final ServerSocket socket;
    private final Optional<SSLContext> tls;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> clients = new CopyOnWriteArrayList<>();
    private volatile Function<String, Optional<String>> script = command -> Optional.empty();

    /** @param own empty for a server that does not offer STARTTLS */
    ScriptedSmtpServer(Optional<KeyMaterial> own, List<X509Certificate> anchors) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tls = own.map(key -> TlsContexts.mutual(key, anchors));
        Thread accepting = new Thread(this::accept, "scripted-smtp");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Answers a command otherwise than usual; empty for the usual answer. CONTENT stands for the end of DATA. */
    void answer(Function<String, Optional<String>> newScript) {
        script = newScript;
    }

    HostPort address() {
        return new HostPort("127.0.0.1", socket.getLocalPort());
    }

    List<String> commands() {
        return commands;
    }

    List<String> messages() {
        return messages;
    }

    /** The subjects of the client certificates presented. */
    List<String> clients() {
        return clients;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread session = new Thread(() -> serve(connection), "scripted-smtp-session");
                session.setDaemon(true);
                session.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            converse(plain);
        } catch (IOException e) {
            commands.add("(connection lost)");
        }
    }

    private void converse(Socket plain) throws IOException {
        Socket current = plain;
        BufferedReader in = reader(current);
        reply(current, script.apply("GREETING").orElse("220 test ESMTP"));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            commands.add(command);
            Optional<String> scripted = script.apply(command);
            if (scripted.isPresent()) {
                reply(current, scripted.get());
            } else if (command.startsWith("EHLO")) {
                boolean offer = tls.isPresent() && current == plain;
                reply(current, "250-test\r\n250-SIZE 1000000\r\n" + (offer ? "250-STARTTLS\r\n" : "") + "250 8BITMIME");
            } else if (command.equals("STARTTLS") && tls.isPresent()) {
                reply(current, "220 go");
                current = handshake(plain);
                in = reader(current);
            } else if (command.equals("DATA")) {
                reply(current, "354 go");
                messages.add(content(in));
                String answer = script.apply("CONTENT").orElse("250 2.0.0 taken");
                if (answer.equals(HANG_UP)) {
                    return;
                }
                reply(current, answer);
            } else if (command.equals("QUIT")) {
                reply(current, "221 bye");
                return;
            } else {
                reply(current, "250 2.1.0 ok");
            }
        }
    }

    private SSLSocket handshake(Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(plain, null, true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(true);
        secure.startHandshake();
        clients.add(secure.getSession().getPeerPrincipal().getName());
        return secure;
    }

    /** @throws EOFException where the client ends before the final dot: that is no message */
    private static String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new EOFException("the client went before the final dot");
            }
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString();
    }

    private static BufferedReader reader(Socket from) throws IOException {
        return new BufferedReader(new InputStreamReader(from.getInputStream(), ISO_8859_1), 1);
    }

    private static void reply(Socket to, String text) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write((text + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }
}
