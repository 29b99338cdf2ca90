package org.mssante.it.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServicePort;

/** A conversation in IMAP through {@code openssl s_client}, command by command. */
public final class ImapDialogue implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private int commands;

    private ImapDialogue(Process process) {
        this.process = process;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * After STARTTLS on the port for it, under TLS at once on the other.
     *
     * @param identity the client certificate, a folder below {@code run/certs}
     */
    public static ImapDialogue open(TestInstance instance, ServicePort port, String identity) {
        Optional<String> startTls = port == ServicePort.IMAP ? Optional.of("imap") : Optional.empty();
        return new ImapDialogue(OpenSslClient.start(instance, port, startTls, Optional.of(identity), "-quiet"));
    }

    /** Sends a command and reads up to its result, without the tag, e.g. {@code OK LOGIN completed.}. */
    public String say(String command) {
        String tag = "a" + ++commands + " ";
        try {
            process.getOutputStream().write((tag + command + "\r\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(tag)) {
                    return line.substring(tag.length());
                }
            }
            throw new IOException("the connection ended before the result of " + command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
