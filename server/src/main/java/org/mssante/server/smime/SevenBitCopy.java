package org.mssante.server.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.mail.MessagingException;
import javax.mail.internet.MimeUtility;
import org.mssante.server.smime.Delimiters.Delimiter;
import org.mssante.server.smime.LineReader.Piece;

/**
 * Copies a MIME entity in canonical form (lines end in CRLF). Leaves that are named in a plan are transfer-encoded; all
 * else passes octet for octet. A first copy to nowhere finds out which leaves are not 7bit (RFC 8551 §3.1.3: a signed
 * part must survive 7bit transport). Streams: memory does not grow with the message. Not thread-safe, for one use.
 */
final class SevenBitCopy {
    private static final int MAX_LINE = 998;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_HEADER_OCTETS = 256 * 1024;
    private static final byte[] END_OF_LINE = {'\r', '\n'};

    private final LineReader in;
    private final OutputStream out;
    private final BitSet encode;
    private final BitSet unsafe = new BitSet();
    private final Delimiters delimiters = new Delimiters();
    private int leaves;
    private int depth;

    /** @param encode the leaves to encode, counted from 0 in their order */
    SevenBitCopy(LineReader in, OutputStream out, BitSet encode) {
        this.in = in;
        this.out = out;
        this.encode = (BitSet) encode.clone();
    }

    /** The leaves that are not 7bit and can be encoded. */
    static BitSet unsafeLeaves(PartHeaders headers, LineReader body) throws IOException, MessagingException {
        SevenBitCopy scan = new SevenBitCopy(body, OutputStream.nullOutputStream(), new BitSet());
        scan.copy(headers);
        return scan.unsafe;
    }

    /** Writes the headers, the empty line, and the body that the reader stands before. */
    void copy(PartHeaders headers) throws IOException, MessagingException {
        part(headers);
    }

    /** @return the delimiter of an enclosing multipart that ended the part; empty at the end of the message */
    private Optional<Delimiter> part(PartHeaders headers) throws IOException, MessagingException {
        Optional<String> boundary = headers.boundary();
        if (boundary.isEmpty() && !headers.isMessage()) {
            return leaf(headers);
        }
        if (++depth > MAX_DEPTH) {
            throw new MessagingException("the message is nested more than " + MAX_DEPTH + " deep");
        }
        boolean nowSevenBit = !encode.isEmpty() && !headers.transferEncoding().isEmpty();
        write(nowSevenBit ? headers.withTransferEncoding("7bit") : headers);
        Optional<Delimiter> end = boundary.isPresent() ? multipart(boundary.get()) : nextPart();
        depth--;
        return end;
    }

    private Optional<Delimiter> multipart(String boundary) throws IOException, MessagingException {
        delimiters.enter(boundary);
        Optional<Delimiter> end = lines(piece -> {});
        while (isOf(boundary, end) && !end.get().last()) {
            write(end.get().line());
            end = nextPart();
        }
        delimiters.leave();
        if (isOf(boundary, end)) {
            write(end.get().line());
            return lines(piece -> {});
        }
        return end;
    }

    private static boolean isOf(String boundary, Optional<Delimiter> delimiter) {
        return delimiter.filter(found -> found.boundary().equals(boundary)).isPresent();
    }

    /** Reads the headers the reader stands before, then copies their part. */
    private Optional<Delimiter> nextPart() throws IOException, MessagingException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int octets = 0;
        for (Optional<Piece> next = in.next(); next.isPresent(); next = in.next()) {
            Optional<Delimiter> end = delimiters.match(next.get());
            if (end.isPresent()) {
                writeLines(lines);
                return end;
            }
            line.append(next.get().text());
            octets += next.get().octets().length;
            if (octets > MAX_HEADER_OCTETS) {
                throw new MessagingException("the headers of a part are larger than " + MAX_HEADER_OCTETS);
            }
            if (next.get().ends()) {
                if (line.length() == 0) {
                    return part(PartHeaders.ofPhysicalLines(lines));
                }
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        writeLines(lines);
        out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        return Optional.empty();
    }

    private Optional<Delimiter> leaf(PartHeaders headers) throws IOException, MessagingException {
        int index = leaves++;
        if (encode.get(index)) {
            return encoded(headers);
        }
        write(headers);
        boolean encodable = headers.isIdentityEncoded();
        return lines(piece -> {
            if (encodable && !isSevenBit(piece)) {
                unsafe.set(index);
            }
        });
    }

    /** The line end before a delimiter belongs to the delimiter, not to the content (RFC 2046 §5.1.1). */
    private Optional<Delimiter> encoded(PartHeaders headers) throws IOException, MessagingException {
        String encoding = headers.isText() ? "quoted-printable" : "base64";
        write(headers.withTransferEncoding(encoding));
        OutputStream encoder = MimeUtility.encode(out, encoding);
        Optional<Delimiter> end = Optional.empty();
        boolean lineEnded = false;
        Optional<Piece> next = in.next();
        while (next.isPresent() && end.isEmpty()) {
            end = delimiters.match(next.get());
            if (end.isEmpty()) {
                if (lineEnded) {
                    encoder.write(END_OF_LINE);
                }
                encoder.write(next.get().octets());
                lineEnded = next.get().ends();
                next = in.next();
            }
        }
        if (lineEnded && end.isEmpty()) {
            encoder.write(END_OF_LINE);
        }
        encoder.flush();
        out.write(END_OF_LINE);
        return end;
    }

    /** Copies lines up to the next delimiter, each shown to the watcher. */
    private Optional<Delimiter> lines(Consumer<Piece> watcher) throws IOException {
        for (Optional<Piece> next = in.next(); next.isPresent(); next = in.next()) {
            Optional<Delimiter> end = delimiters.match(next.get());
            if (end.isPresent()) {
                return end;
            }
            watcher.accept(next.get());
            write(next.get());
        }
        return Optional.empty();
    }

    /** A piece without both its ends belongs to a line longer than a piece, which is longer than 7bit allows. */
    private static boolean isSevenBit(Piece piece) {
        if (piece.octets().length > MAX_LINE || !piece.starts()) {
            return false;
        }
        for (byte octet : piece.octets()) {
            if (octet <= 0) {
                return false;
            }
        }
        return true;
    }

    private void write(PartHeaders headers) throws IOException {
        writeLines(headers.lines());
        out.write(END_OF_LINE);
    }

    private void writeLines(List<String> lines) throws IOException {
        for (String line : lines) {
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            out.write(END_OF_LINE);
        }
    }

    private void write(Piece piece) throws IOException {
        out.write(piece.octets());
        if (piece.ends()) {
            out.write(END_OF_LINE);
        }
    }
}
