package org.mssante.server.smime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.mail.internet.ContentType;
import javax.mail.internet.ParseException;

/**
 * The header lines of a MIME entity as they stand, and what they say of its body. Immutable.
 *
 * @param lines each header with its continuation lines, joined by CRLF
 */
record PartHeaders(List<String> lines) {
    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";
    private static final Set<String> IDENTITY_ENCODINGS = Set.of("", "7bit", "8bit", "binary");

    PartHeaders {
        lines = List.copyOf(lines);
    }

    /** Joins unfolded physical lines to headers. */
    static PartHeaders ofPhysicalLines(List<String> physical) {
        List<String> headers = new ArrayList<>();
        for (String line : physical) {
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (continues && !headers.isEmpty()) {
                headers.set(headers.size() - 1, headers.get(headers.size() - 1) + "\r\n" + line);
            } else {
                headers.add(line);
            }
        }
        return new PartHeaders(headers);
    }

    /** Empty where there is none or it is not readable: the body then is a leaf. */
    Optional<ContentType> contentType() {
        return value("Content-Type").flatMap(PartHeaders::parse);
    }

    /** The boundary, where the entity is a multipart. */
    Optional<String> boundary() {
        return contentType()
                .filter(type -> type.match("multipart/*"))
                .map(type -> type.getParameter("boundary"))
                .filter(boundary -> !boundary.isEmpty());
    }

    boolean isMessage() {
        return contentType().filter(type -> type.match("message/rfc822")).isPresent() && isIdentityEncoded();
    }

    boolean isText() {
        return contentType().map(type -> type.match("text/*")).orElse(true);
    }

    String transferEncoding() {
        return value(TRANSFER_ENCODING).orElse("").strip().toLowerCase(Locale.ROOT);
    }

    /** True where the body stands as it is, so that it may still be encoded. */
    boolean isIdentityEncoded() {
        return IDENTITY_ENCODINGS.contains(transferEncoding());
    }

    PartHeaders withTransferEncoding(String encoding) {
        List<String> others = new ArrayList<>(
                lines.stream().filter(line -> !isNamed(line, TRANSFER_ENCODING)).toList());
        others.add(TRANSFER_ENCODING + ": " + encoding);
        return new PartHeaders(others);
    }

    private Optional<String> value(String name) {
        return lines.stream()
                .filter(line -> isNamed(line, name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).replace("\r\n", ""));
    }

    private static boolean isNamed(String line, String name) {
        int colon = line.indexOf(':');
        return colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name);
    }

    private static Optional<ContentType> parse(String value) {
        try {
            return Optional.of(new ContentType(value));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
