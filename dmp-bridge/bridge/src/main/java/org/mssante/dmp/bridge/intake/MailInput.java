package org.mssante.dmp.bridge.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The mail that follows DATA (RFC 5321 §4.5.2): ends at a line of one dot, gives lines that begin with a dot back without it.
 * Nothing but CRLF ends a line. Reads in blocks, and what stands behind the end stays to be read. Not thread-safe; is not closed.
 */
final class MailInput extends InputStream {
    private static final int BLOCK = 8_192;

    private final InputStream in;
    private final byte[] raw = new byte[BLOCK];

    /** A block may end within a line of one dot, whose CR then belongs to the next. */
    private final byte[] mail = new byte[BLOCK + 1];

    private int next;
    private int end;
    private Place place = Place.LINE_START;

    /** What was read last. */
    private enum Place {
        LINE_START,
        /** The dot a line begins with; it is not given back. */
        DOT,
        /** The CR behind that dot; it is not given back yet. */
        DOT_CR,
        CR,
        WITHIN,
        /** The line of one dot. */
        OVER
    }

    /** @param in knows mark and reset */
    MailInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? mail[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int given = Math.min(length, end - next);
        System.arraycopy(mail, next, target, offset, given);
        next += given;
        return given;
    }

    /** Reads what is left to the end of the mail. */
    void drain() throws IOException {
        while (fill()) {
            next = end;
        }
    }

    /** False at the end of the mail. */
    private boolean fill() throws IOException {
        while (next == end && place != Place.OVER) {
            in.mark(BLOCK);
            int read = in.read(raw, 0, BLOCK);
            if (read < 0) {
                throw new EOFException("the connection ended within a mail");
            }
            next = 0;
            end = 0;
            int taken = take(read);
            if (taken < read) {
                in.reset();
                in.skipNBytes(taken);
            }
        }
        return next < end;
    }

    /** @return how many octets of the block belong to the mail */
    private int take(int read) {
        int taken = 0;
        while (taken < read && place != Place.OVER) {
            place = after(raw[taken++]);
        }
        return taken;
    }

    private Place after(byte octet) {
        if (place == Place.LINE_START && octet == '.') {
            return Place.DOT;
        }
        if (place == Place.DOT && octet == '\r') {
            return Place.DOT_CR;
        }
        if (place == Place.DOT_CR) {
            if (octet == '\n') {
                return Place.OVER;
            }
            mail[end++] = '\r';
            place = Place.CR;
        }
        mail[end++] = octet;
        if (octet == '\n' && place == Place.CR) {
            return Place.LINE_START;
        }
        return octet == '\r' ? Place.CR : Place.WITHIN;
    }
}
