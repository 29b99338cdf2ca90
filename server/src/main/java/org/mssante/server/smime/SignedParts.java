package org.mssante.server.smime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeUtility;
import org.mssante.server.smime.Delimiters.Delimiter;
import org.mssante.server.smime.LineReader.Piece;

/**
 * The two parts of a multipart/signed (RFC 1847 §2.1), read straight from the octets of the message: no parser between
 * what arrived and what is verified. A third part is refused, since a reader would be shown what nobody signed.
 */
final class SignedParts {
    private final MimeMessage message;
    private final String boundary;
    private final byte[] signature;

    private SignedParts(MimeMessage message, String boundary, byte[] signature) {
        this.message = message;
        this.boundary = boundary;
        this.signature = signature;
    }

    /** Thrown where the message is not the two parts it claims to be. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * @param maxSignature octets of the encoded signature part
     * @throws BudgetedInput.SpentException where the signature is larger
     */
    static SignedParts of(MimeMessage message, String boundary, int maxSignature)
            throws IOException, MessagingException, MalformedException {
        try (InputStream raw = message.getRawInputStream()) {
            LineReader lines = new LineReader(raw);
            Delimiters delimiters = new Delimiters();
            delimiters.enter(boundary);
            if (skip(lines, delimiters).filter(found -> !found.last()).isEmpty()) {
                throw new MalformedException("the signed part does not begin");
            }
            if (skip(lines, delimiters).filter(found -> !found.last()).isEmpty()) {
                throw new MalformedException("the signature part does not begin");
            }
            byte[] part = signaturePart(lines, delimiters, maxSignature);
            return new SignedParts(message, boundary, decoded(part));
        }
    }

    /** The CMS structure. */
    byte[] signature() {
        return signature.clone();
    }

    /** Writes the signed entity in canonical form: its headers, the empty line and the body, without the last line end. */
    void writeContent(OutputStream out) throws IOException, MessagingException {
        try (InputStream raw = message.getRawInputStream()) {
            LineReader lines = new LineReader(raw);
            Delimiters delimiters = new Delimiters();
            delimiters.enter(boundary);
            skip(lines, delimiters);
            boolean lineEnded = false;
            for (Optional<Piece> next = lines.next();
                    next.isPresent() && delimiters.match(next.get()).isEmpty();
                    next = lines.next()) {
                if (lineEnded) {
                    out.write('\r');
                    out.write('\n');
                }
                out.write(next.get().octets());
                lineEnded = next.get().ends();
            }
        }
    }

    private static Optional<Delimiter> skip(LineReader lines, Delimiters delimiters) throws IOException {
        for (Optional<Piece> next = lines.next(); next.isPresent(); next = lines.next()) {
            Optional<Delimiter> found = delimiters.match(next.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static byte[] signaturePart(LineReader lines, Delimiters delimiters, int maxOctets)
            throws IOException, MalformedException {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (Optional<Piece> next = lines.next(); next.isPresent(); next = lines.next()) {
            Optional<Delimiter> end = delimiters.match(next.get());
            if (end.isPresent()) {
                if (!end.get().last()) {
                    throw new MalformedException("there is a part nobody signed");
                }
                return part.toByteArray();
            }
            part.write(next.get().octets());
            if (next.get().ends()) {
                part.write('\r');
                part.write('\n');
            }
            if (part.size() > maxOctets) {
                throw new BudgetedInput.SpentException();
            }
        }
        throw new MalformedException("the signature part does not end");
    }

    private static byte[] decoded(byte[] part) throws IOException, MessagingException, MalformedException {
        LineReader lines = new LineReader(new ByteArrayInputStream(part));
        List<String> headers = new ArrayList<>();
        int consumed = 0;
        for (Optional<Piece> next = lines.next(); next.isPresent(); next = lines.next()) {
            consumed += next.get().octets().length + 2;
            if (next.get().octets().length == 0) {
                break;
            }
            headers.add(new String(next.get().octets(), StandardCharsets.ISO_8859_1));
        }
        if (consumed >= part.length) {
            throw new MalformedException("the signature part is empty");
        }
        String encoding = PartHeaders.ofPhysicalLines(headers).transferEncoding();
        InputStream body = new ByteArrayInputStream(part, consumed, part.length - consumed);
        try (InputStream decoded = encoding.isEmpty() ? body : MimeUtility.decode(body, encoding)) {
            return decoded.readAllBytes();
        }
    }
}
