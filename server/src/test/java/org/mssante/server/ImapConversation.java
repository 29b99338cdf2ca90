package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.core.tls.KeyMaterial;

/** An IMAP client that says what a test tells it to. */
final class ImapConversation extends Conversation {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");

    private int count;

    ImapConversation(int port, Optional<KeyMaterial> own, List<X509Certificate> anchors) throws IOException {
        super(port, own, anchors);
    }

    /** All lines of the answer, the tagged one last, without its tag. */
    List<String> command(String command) throws IOException {
        String tag = "t" + ++count;
        send(tag + " " + command);
        return answer(tag);
    }

    /** The tagged line, without its tag. */
    String result(String command) throws IOException {
        List<String> lines = command(command);
        return lines.get(lines.size() - 1);
    }

    /** The literal of an answer such as {@code UID FETCH 1 BODY.PEEK[]}; empty where there is none. */
    Optional<byte[]> literal(String command) throws IOException {
        String tag = "t" + ++count;
        send(tag + " " + command);
        String line = line();
        Optional<byte[]> literal = Optional.empty();
        while (!line.startsWith(tag + " ")) {
            Matcher size = LITERAL.matcher(line);
            if (size.find()) {
                literal = Optional.of(bytes(Integer.parseInt(size.group(1))));
            }
            line = line();
        }
        return literal;
    }

    /** Logs in with a user name of any form. */
    ImapConversation loggedIn(String user, String password) throws IOException {
        byte[] octets = password.getBytes(StandardCharsets.UTF_8);
        assertThat(result("LOGIN \"" + user + "\" {" + octets.length + "+}\r\n" + password))
                .startsWith("OK ");
        return this;
    }

    /** Stores a message; the result line. */
    String append(String folder, String flags, String message) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        return result("APPEND " + folder + " (" + flags + ") {" + octets.length + "+}\r\n" + message);
    }

    /** Greeting, STARTTLS, handshake. */
    ImapConversation startTls() throws IOException {
        line();
        assertThat(result("STARTTLS")).startsWith("OK ");
        handshake();
        return this;
    }

    ImapConversation tlsAtOnce() throws IOException {
        handshake();
        line();
        return this;
    }

    private List<String> answer(String tag) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = line();
        while (!line.startsWith(tag + " ")) {
            lines.add(line);
            line = line();
        }
        lines.add(line.substring(tag.length() + 1));
        return lines;
    }
}
