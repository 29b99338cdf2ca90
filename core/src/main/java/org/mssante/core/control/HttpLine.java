package org.mssante.core.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A line of an HTTP head, without its end (RFC 9112 §2.2). */
final class HttpLine {
    private static final int LONGEST = 1_000_000;

    private HttpLine() {}

    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the head ends within a line");
            }
            if (line.size() == LONGEST) {
                throw new IOException("a line of the head is too long");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
