package org.mssante.server.imap.wire;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command while its lines and literals arrive (RFC 3501 §4.3): {@code lines} has one more than {@code literals} once it
 * is whole.
 */
final class IncomingCommand implements Closeable {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("\\{(\\d{1,18})(\\+?)}\\r?\\n$");
    private static final Pattern TAG = Pattern.compile("([^\\s(){%*\"\\\\+\\p{Cntrl}]+) .*", Pattern.DOTALL);
    private static final int LONGEST_ANNOUNCEMENT = 24;

    private final List<byte[]> lines = new ArrayList<>();
    private final List<SpooledLiteral> literals = new ArrayList<>();

    /**
     * A literal that a line announced.
     *
     * @param waits whether the client sends it only after our go-ahead (RFC 7888)
     */
    record Announcement(long size, boolean waits) {}

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void add(byte[] line) {
        lines.add(line);
    }

    /** The literal that the last line announces; empty where that line ends the command. */
    Optional<Announcement> announced() {
        byte[] line = lines.get(lines.size() - 1);
        int from = Math.max(0, line.length - LONGEST_ANNOUNCEMENT);
        Matcher end = ANNOUNCEMENT.matcher(new String(line, from, line.length - from, StandardCharsets.ISO_8859_1));
        return end.find()
                ? Optional.of(new Announcement(
                        Long.parseLong(end.group(1)), end.group(2).isEmpty()))
                : Optional.empty();
    }

    void expect(long octets) throws IOException {
        literals.add(SpooledLiteral.ofSize(octets));
    }

    boolean awaitsLiteral() {
        return !literals.isEmpty()
                && literals.size() == lines.size()
                && !literals.get(literals.size() - 1).isWhole();
    }

    void fill(ByteBuf in) throws IOException {
        literals.get(literals.size() - 1).take(in);
    }

    int literalCount() {
        return literals.size();
    }

    long literalOctets() {
        return literals.stream().mapToLong(SpooledLiteral::size).sum();
    }

    /** What an answer begins with: the client's tag, or an asterisk where it gave none. */
    String tag() {
        return isEmpty() ? tag("") : tag(new String(lines.get(0), StandardCharsets.ISO_8859_1));
    }

    /** The same of a first line, or of its beginning. */
    static String tag(String line) {
        Matcher first = TAG.matcher(line);
        return first.matches() ? first.group(1) : "*";
    }

    int nesting() {
        return lines.stream()
                .mapToInt(line -> Nesting.of(new String(line, StandardCharsets.ISO_8859_1)))
                .sum();
    }

    CommandReader reader() {
        return new CommandReader(lines, literals);
    }

    @Override
    public void close() throws IOException {
        for (SpooledLiteral literal : literals) {
            literal.close();
        }
    }
}
