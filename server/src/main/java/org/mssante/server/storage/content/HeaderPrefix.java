package org.mssante.server.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The header of a mail up to and with the blank line that ends it (RFC 5322 §2.1), whatever its line ends are.
 *
 * @param octets the header; the first octets of the mail where no blank line comes within the limit
 * @param surplus what was read beyond it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: a carrier between two methods of this package
record HeaderPrefix(byte[] octets, byte[] surplus) {
    private static final int STEP = 8 * 1024;

    static HeaderPrefix read(InputStream mail, int limit) throws IOException {
        byte[] read = new byte[0];
        int searched = 0;
        while (read.length < limit) {
            byte[] more = mail.readNBytes(Math.min(STEP, limit - read.length));
            if (more.length == 0) {
                return new HeaderPrefix(read, new byte[0]);
            }
            int from = Math.max(0, searched - 2);
            searched = read.length + more.length;
            read = joined(read, more);
            int end = endOfHeader(read, from);
            if (end > 0) {
                return new HeaderPrefix(Arrays.copyOf(read, end), Arrays.copyOfRange(read, end, read.length));
            }
        }
        return new HeaderPrefix(read, new byte[0]);
    }

    /** The index behind the first empty line at or after {@code from}, or 0 where there is none. */
    private static int endOfHeader(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i + 1 < bytes.length && bytes[i + 1] == '\n') {
                return i + 2;
            }
            if (i + 2 < bytes.length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
                return i + 3;
            }
        }
        return 0;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
