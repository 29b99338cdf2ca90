package org.mssante.launcher.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mssante.launcher.CommandFailure;

/** One connection that hands in message after message, commands in groups where the server offers that (RFC 2920). */
final class SmtpSession implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final byte[] END_OF_DATA = ".\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Door door;
    private final Wire wire;
    private boolean grouped;

    private SmtpSession(Door door, Wire wire) {
        this.door = door;
        this.wire = wire;
    }

    /** @throws CommandFailure where the server refuses, in its own words */
    static SmtpSession open(Door door) throws IOException {
        Wire wire = Wire.connect(door.smtp(), SILENCE);
        try {
            if (door.entry().implicitTls()) {
                wire.secure(door.tls());
            }
            SmtpSession session = new SmtpSession(door, wire);
            session.begin();
            return session;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        expect("the connection", "220");
        List<String> offered = hello();
        if (door.entry().startTls()) {
            ask("STARTTLS", "220");
            wire.secure(door.tls());
            offered = hello();
        }
        grouped = offered.stream().anyMatch("PIPELINING"::equalsIgnoreCase);
        if (door.entry().login()) {
            wire.write("AUTH " + login(door.sender()));
            wire.flush();
            expect("AUTH", "235");
        }
    }

    /** SASL EXTERNAL without an authorization identity (RFC 4954 §4), or PLAIN. */
    private static String login(Account sender) {
        String plain = "\0" + sender.address() + "\0" + sender.password();
        return sender.password().isEmpty()
                ? "EXTERNAL ="
                : "PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Hands in one message and returns once the server has accepted it for every recipient. */
    void send(BenchMessage message) throws IOException {
        Map<String, String> envelope = new LinkedHashMap<>();
        envelope.put("MAIL FROM:<" + door.sender().address() + ">", "250");
        message.recipients().forEach(recipient -> envelope.put("RCPT TO:<" + recipient.address() + ">", "250"));
        envelope.put("DATA", "354");
        if (grouped) {
            for (String command : envelope.keySet()) {
                wire.write(command);
            }
            wire.flush();
        }
        for (Map.Entry<String, String> command : envelope.entrySet()) {
            if (grouped) {
                expect(command.getKey(), command.getValue());
            } else {
                ask(command.getKey(), command.getValue());
            }
        }
        for (byte[] part : message.parts()) {
            wire.write(part);
        }
        wire.write(END_OF_DATA);
        wire.flush();
        expect("the message", "250");
    }

    private List<String> hello() throws IOException {
        wire.write("EHLO localhost");
        wire.flush();
        List<String> offered = new ArrayList<>();
        String line = wire.line();
        while (line.startsWith("250-")) {
            offered.add(line.substring(4));
            line = wire.line();
        }
        require("EHLO", "250", line);
        offered.add(line.substring(4));
        return offered;
    }

    private void ask(String command, String code) throws IOException {
        wire.write(command);
        wire.flush();
        expect(command, code);
    }

    private void expect(String command, String code) throws IOException {
        require(command, code, last(wire));
    }

    private void require(String command, String code, String reply) {
        if (!reply.startsWith(code)) {
            throw new CommandFailure(
                    door.name() + " at " + door.smtp() + " (" + door.entry() + ") refuses " + command + ": " + reply);
        }
    }

    /** The last line of a reply. */
    private static String last(Wire wire) throws IOException {
        String line = wire.line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = wire.line();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        try (wire) {
            wire.write("QUIT");
            wire.flush();
        }
    }
}
