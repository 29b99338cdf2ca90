package org.mssante.launcher.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.launcher.CommandFailure;

/** One IMAP connection with an inbox selected, that can say what has come since. */
final class ImapSession implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)}$");
    private static final Pattern UID_NEXT = Pattern.compile("\\[UIDNEXT ([0-9]+)]");
    private static final Pattern EXISTS = Pattern.compile("^\\* ([0-9]+) EXISTS");
    private static final Pattern UID = Pattern.compile("[ (]UID ([0-9]+)");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?i)Message-ID:\\s*<([^>]+)>");

    private final Target target;
    private final Account account;
    private final Wire wire;
    private int commands;
    private long uidNext = 1;
    private long exists;
    private long told;

    private ImapSession(Target target, Account account, Wire wire) {
        this.target = target;
        this.account = account;
        this.wire = wire;
    }

    /** @throws CommandFailure where the server refuses, in its own words */
    static ImapSession open(Target target, Account account) throws IOException {
        Wire wire = Wire.connect(target.imap(), SILENCE);
        try {
            wire.secure(target.imapTls());
            wire.line();
            ImapSession session = new ImapSession(target, account, wire);
            session.ask("LOGIN " + quoted(account.address().toString()) + " " + quoted(account.password()), "LOGIN");
            session.ask("SELECT INBOX", "SELECT INBOX");
            session.told = session.exists;
            return session;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** How many messages the inbox holds, as far as the server has said. */
    long exists() {
        return exists;
    }

    /** Tells the Message-ID of each message that became visible since the last call, or since the inbox was opened. */
    void news(Consumer<String> messageIds) throws IOException {
        ask("NOOP", "NOOP");
        if (exists == told) {
            return;
        }
        told = exists;
        long first = uidNext;
        String tag = write("UID FETCH " + first + ":* (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
        wire.flush();
        answer(tag, "FETCH", line -> fetched(line, first, messageIds));
    }

    /** Puts a message into the inbox. */
    void append(String message) throws IOException {
        String tag = write("APPEND INBOX {" + message.length() + "}");
        wire.flush();
        String line = wire.line();
        if (!line.startsWith("+")) {
            throw refused("APPEND", line);
        }
        wire.write(message);
        wire.flush();
        answer(tag, "APPEND", ignored -> {});
    }

    /** Copies the newest messages of the inbox into it. */
    void copyNewest(long count) throws IOException {
        ask("NOOP", "NOOP");
        ask("COPY " + (exists - count + 1) + ":" + exists + " INBOX", "COPY");
        ask("NOOP", "NOOP");
    }

    /** {@code n:*} names the last message even where it is older than n (RFC 3501 §9, seq-range). */
    private void fetched(String line, long first, Consumer<String> messageIds) {
        Matcher uid = UID.matcher(line);
        if (!line.contains("FETCH (") || !uid.find()) {
            return;
        }
        long number = Long.parseLong(uid.group(1));
        if (number < first) {
            return;
        }
        uidNext = Math.max(uidNext, number + 1);
        Matcher id = MESSAGE_ID.matcher(line);
        if (id.find()) {
            messageIds.accept(id.group(1));
        }
    }

    private void ask(String command, String shown) throws IOException {
        String tag = write(command);
        wire.flush();
        answer(tag, shown, line -> {});
    }

    private String write(String command) throws IOException {
        commands++;
        String tag = "b" + commands;
        wire.write(tag + " " + command);
        return tag;
    }

    /** Reads up to the tagged answer; each untagged one is told with its literals in line. */
    private void answer(String tag, String shown, Consumer<String> untagged) throws IOException {
        while (true) {
            String line = response();
            if (line.startsWith(tag + " ")) {
                if (!line.startsWith(tag + " OK")) {
                    throw refused(shown, line);
                }
                return;
            }
            learn(line);
            untagged.accept(line);
        }
    }

    private void learn(String line) {
        Matcher count = EXISTS.matcher(line);
        if (count.find()) {
            exists = Long.parseLong(count.group(1));
        }
        Matcher next = UID_NEXT.matcher(line);
        if (next.find()) {
            uidNext = Long.parseLong(next.group(1));
        }
    }

    private String response() throws IOException {
        StringBuilder whole = new StringBuilder(wire.line());
        Matcher literal = LITERAL.matcher(whole);
        while (literal.find()) {
            whole.append(wire.octets(Integer.parseInt(literal.group(1)))).append(wire.line());
            literal = LITERAL.matcher(whole);
        }
        return whole.toString();
    }

    private CommandFailure refused(String command, String reply) {
        return new CommandFailure(
                target.name() + " at " + target.imap() + " refuses " + command + " for " + account + ": " + reply);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() throws IOException {
        try (wire) {
            write("LOGOUT");
            wire.flush();
        }
    }
}
