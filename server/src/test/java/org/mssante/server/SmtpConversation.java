package org.mssante.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mssante.core.tls.KeyMaterial;

/** An SMTP client that says what a test tells it to, right or wrong. */
final class SmtpConversation extends Conversation {

    SmtpConversation(int port, Optional<KeyMaterial> own, List<X509Certificate> anchors) throws IOException {
        super(port, own, anchors);
    }

    /** The reply to one command; lines of a longer one joined by a blank. */
    String command(String command) throws IOException {
        send(command);
        return reply();
    }

    String reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            lines.add(line);
            line = line();
        }
        lines.add(line);
        return String.join(" ", lines);
    }

    /** Greeting, EHLO, STARTTLS, handshake, EHLO. */
    SmtpConversation startTls() throws IOException {
        reply();
        command("EHLO client.example.fr");
        command("STARTTLS");
        handshake();
        command("EHLO client.example.fr");
        return this;
    }

    /** Handshake, greeting, EHLO. */
    SmtpConversation tlsAtOnce() throws IOException {
        handshake();
        reply();
        command("EHLO client.example.fr");
        return this;
    }

    /** The reply at the end of the data. The message ends with CRLF and has no line that begins with a dot. */
    String data(byte[] message) throws IOException {
        command("DATA");
        sendBytes(message);
        sendBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return reply();
    }

    static String plain(String authorization, String person, String password) {
        return Base64.getEncoder()
                .encodeToString((authorization + "\0" + person + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
