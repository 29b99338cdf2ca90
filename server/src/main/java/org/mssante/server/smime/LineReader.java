package org.mssante.server.smime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of an octet stream. CRLF, LF and CR all end a line, as SMTP will make them the same (RFC 5321 §2.3.8). A
 * long line comes in pieces, so that memory stays bounded whatever the message holds. Not thread-safe.
 */
final class LineReader {
    private static final int MAX_PIECE = 8 * 1024;

    private final BufferedInputStream in;
    private boolean lineStart = true;

    /** A line or a part of one, without its end. */
    static final class Piece {
        private final byte[] octets;
        private final boolean starts;
        private final boolean ends;

        private Piece(byte[] octets, boolean starts, boolean ends) {
            this.octets = octets;
            this.starts = starts;
            this.ends = ends;
        }

        /** Not to be changed. */
        byte[] octets() {
            return octets;
        }

        /** True where it is the beginning of a line. */
        boolean starts() {
            return starts;
        }

        /** True where the line ends here; false in the middle of a long line and for a last line without an end. */
        boolean ends() {
            return ends;
        }

        /** Octet by octet (ISO 8859-1): what header lines and delimiters are compared in. */
        String text() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /** The next piece; empty at the end of the stream. */
    Optional<Piece> next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(128);
        boolean starts = lineStart;
        while (piece.size() < MAX_PIECE) {
            int octet = in.read();
            if (octet < 0) {
                lineStart = true;
                return piece.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Piece(piece.toByteArray(), starts, false));
            }
            if (octet == '\r' || octet == '\n') {
                if (octet == '\r') {
                    skipLineFeed();
                }
                lineStart = true;
                return Optional.of(new Piece(piece.toByteArray(), starts, true));
            }
            piece.write(octet);
        }
        lineStart = false;
        return Optional.of(new Piece(piece.toByteArray(), starts, false));
    }

    private void skipLineFeed() throws IOException {
        in.mark(1);
        if (in.read() != '\n') {
            in.reset();
        }
    }
}
