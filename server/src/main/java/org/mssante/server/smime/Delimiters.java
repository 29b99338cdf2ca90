package org.mssante.server.smime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The boundaries of the multiparts one is inside of (RFC 2046 §5.1.1), innermost first. Not thread-safe. */
final class Delimiters {
    private final Deque<String> boundaries = new ArrayDeque<>();

    /**
     * A line that ends a part.
     *
     * @param boundary of the multipart it belongs to
     * @param last true where no further part follows
     */
    record Delimiter(String boundary, boolean last, LineReader.Piece line) {}

    void enter(String boundary) {
        boundaries.push(boundary);
    }

    void leave() {
        boundaries.pop();
    }

    /** The delimiter a line is; empty where it is content. */
    Optional<Delimiter> match(LineReader.Piece piece) {
        if (!piece.starts() || piece.octets().length < 2 || piece.octets()[0] != '-' || piece.octets()[1] != '-') {
            return Optional.empty();
        }
        String line = piece.text().stripTrailing().substring(2);
        for (String boundary : boundaries) {
            if (line.equals(boundary)) {
                return Optional.of(new Delimiter(boundary, false, piece));
            }
            if (line.equals(boundary + "--")) {
                return Optional.of(new Delimiter(boundary, true, piece));
            }
        }
        return Optional.empty();
    }
}
