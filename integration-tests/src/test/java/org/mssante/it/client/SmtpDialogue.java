package org.mssante.it.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServicePort;

/** A conversation in SMTP, command by command: over a bare socket, or through {@code openssl s_client}. */
public final class SmtpDialogue implements AutoCloseable {
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}[ -].*");

    private final List<String> aside = new ArrayList<>();
    private final BufferedReader in;
    private final OutputStream out;
    private final AutoCloseable line;

    private SmtpDialogue(BufferedReader in, OutputStream out, AutoCloseable line) {
        this.in = in;
        this.out = out;
        this.line = line;
    }

    /** In clear; the greeting has been read. */
    public static SmtpDialogue plain(Endpoint endpoint) {
        try {
            Socket socket = new Socket(endpoint.host(), endpoint.port());
            socket.setTcpNoDelay(true);
            SmtpDialogue dialogue = new SmtpDialogue(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
                    socket.getOutputStream(),
                    socket);
            dialogue.reply();
            return dialogue;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * After STARTTLS.
     *
     * @param identity the client certificate, a folder below {@code run/certs}; empty for none
     */
    public static SmtpDialogue startTls(TestInstance instance, ServicePort port, Optional<String> identity) {
        return startTls(instance, port, identity, "-quiet");
    }

    /**
     * The same with options of {@code openssl s_client}: {@code -quiet}, or {@code -nocommands} for a program that also tells
     * about TLS (see {@link #aside()}).
     */
    public static SmtpDialogue startTls(
            TestInstance instance, ServicePort port, Optional<String> identity, String... options) {
        return through(OpenSslClient.start(instance, port, Optional.of("smtp"), identity, options));
    }

    /** Under TLS from the first octet; the greeting has been read. */
    public static SmtpDialogue tlsAtOnce(TestInstance instance, ServicePort port, Optional<String> identity) {
        SmtpDialogue dialogue = through(OpenSslClient.start(instance, port, Optional.empty(), identity, "-quiet"));
        try {
            dialogue.reply();
            return dialogue;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SmtpDialogue through(Process process) {
        return new SmtpDialogue(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                process.getOutputStream(),
                process::destroy);
    }

    /** Sends a command and reads the whole reply to it, its lines joined by line feeds. */
    public String say(String command) {
        try {
            out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends the content of a message after DATA and waits for the reply as long as it takes (RFC 5321 §4.5.3.2.6 gives it ten
     * minutes, common clients two).
     *
     * @param content with CRLF at the end of each line, none of which begins with a dot
     */
    public String send(Path content) {
        try {
            Files.copy(content, out);
            return say(".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String text;
        do {
            text = in.readLine();
            if (text == null) {
                throw new IOException("the connection ended after " + lines);
            }
            if (REPLY.matcher(text).matches()) {
                lines.add(text);
            } else {
                aside.add(text);
            }
        } while (lines.isEmpty() || lines.get(lines.size() - 1).startsWith("-", 3));
        return String.join("\n", lines);
    }

    /** What the program said so far that was no reply of the server. */
    public List<String> aside() {
        return List.copyOf(aside);
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (Exception e) {
            throw new IllegalStateException("the conversation cannot be ended", e);
        }
    }
}
