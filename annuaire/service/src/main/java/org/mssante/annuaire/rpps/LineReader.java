package org.mssante.annuaire.rpps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of UTF-8 text, ended by LF or CRLF. A malformed byte sequence becomes U+FFFD, which the caller can count; a line
 * beyond the limit is cut to nothing and told by {@link #wasTooLong()}, so that a broken file never fills the heap. A
 * byte order mark before the first line is dropped. Not thread-safe.
 */
final class LineReader {
    static final char REPLACEMENT = '\uFFFD';

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] line;
    private int position;
    private int limit;
    private int length;
    private boolean tooLong;
    private boolean lastLineEnded = true;
    private long number;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.line = new byte[maxLineBytes];
    }

    /** The next line without its end; empty at the end of the file. */
    Optional<String> next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (position == limit && !fill()) {
                if (!any) {
                    return Optional.empty();
                }
                lastLineEnded = false;
                return Optional.of(text());
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            position = end;
            if (end < limit) {
                position++;
                return Optional.of(text());
            }
        }
    }

    /** True where the line just read was longer than the limit; its text is then empty. */
    boolean wasTooLong() {
        return tooLong;
    }

    /** The number of the line just read, from 1. */
    long number() {
        return number;
    }

    /** False where the file ends within a line: the sign of a truncated transfer. */
    boolean lastLineEnded() {
        return lastLineEnded;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private void append(int count) {
        if (length + count > line.length) {
            tooLong = true;
            length = 0;
        }
        if (!tooLong) {
            System.arraycopy(buffer, position, line, length, count);
            length += count;
        }
    }

    private String text() {
        number++;
        int start = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, start, end - start, StandardCharsets.UTF_8);
    }

    private boolean startsWithByteOrderMark() {
        if (length < BYTE_ORDER_MARK.length) {
            return false;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (line[i] != BYTE_ORDER_MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
