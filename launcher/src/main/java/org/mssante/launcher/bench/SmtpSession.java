package org.mssante.launcher.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.mssante.launcher.CommandFailure;

/** One connection that hands in message after message, commands in groups as RFC 2920 allows. */
final class SmtpSession implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final byte[] END_OF_DATA = ".\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Target target;
    private final Wire wire;
    private final String greeting;

    private SmtpSession(Target target, Wire wire, String greeting) {
        this.target = target;
        this.wire = wire;
        this.greeting = greeting;
    }

    /** @throws CommandFailure where the server refuses, in its own words */
    static SmtpSession open(Target target) throws IOException {
        Wire wire = Wire.connect(target.smtp(), SILENCE);
        try {
            if (target.entry().implicitTls()) {
                wire.secure(target.smtpTls());
            }
            SmtpSession session = new SmtpSession(target, wire, last(wire));
            session.begin();
            return session;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** The server's first line: most say there what they are. */
    String greeting() {
        return greeting;
    }

    private void begin() throws IOException {
        List<String> offered = hello();
        if (target.entry().startTls()) {
            ask("STARTTLS", "220");
            wire.secure(target.smtpTls());
            offered = hello();
        }
        if (offered.stream().noneMatch("PIPELINING"::equalsIgnoreCase)) {
            throw new CommandFailure(target.smtp() + " speaks no PIPELINING (RFC 2920): the benchmark needs it.");
        }
        if (target.entry().login()) {
            Account sender = target.sender();
            String plain = "\0" + sender.address() + "\0" + sender.password();
            wire.write("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
            wire.flush();
            expect("AUTH PLAIN", "235");
        }
    }

    /** Hands in one message and returns once the server has accepted it for every recipient. */
    void send(BenchMessage message) throws IOException {
        String from = "MAIL FROM:<" + target.sender().address() + ">";
        wire.write(from);
        for (Account recipient : message.recipients()) {
            wire.write("RCPT TO:<" + recipient.address() + ">");
        }
        wire.write("DATA");
        wire.flush();
        expect(from, "250");
        for (Account recipient : message.recipients()) {
            expect("RCPT TO:<" + recipient.address() + ">", "250");
        }
        expect("DATA", "354");
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
            throw new CommandFailure(target.name() + " at " + target.smtp() + " (" + target.entry() + ") refuses "
                    + command + ": " + reply);
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
