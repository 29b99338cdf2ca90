package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * Whether a message may carry a document for the DMP: it has a part that could be a CDA, a ZIP, or hide one. In doubt,
 * yes: the bridge looks closely, and it answers for what it finds. Streams, and stops at the first such part.
 */
final class DocumentScan {
    private static final String RECEIPT = "multipart/report";
    private static final Set<String> NEVER_A_DOCUMENT = Set.of(
            "text/plain",
            "text/html",
            "text/calendar",
            "application/pdf",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "message/rfc822");

    private DocumentScan() {}

    static boolean mayCarryDocument(InputStream message) throws IOException {
        MimeTokenStream parts = new MimeTokenStream(MimeConfig.PERMISSIVE);
        parts.parse(message);
        try {
            Optional<String> fileName = Optional.empty();
            boolean outermost = true;
            for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
                switch (state) {
                    case T_START_HEADER -> fileName = Optional.empty();
                    case T_FIELD -> fileName = fileName.or(() -> fileName(parts.getField()));
                    case T_START_MULTIPART -> {
                        // a receipt is never filed, whatever it quotes; one that is quoted beside a document is no
                        // matter
                        if (outermost && RECEIPT.equals(type(parts.getBodyDescriptor()))) {
                            return false;
                        }
                        outermost = false;
                    }
                    case T_BODY -> {
                        if (couldBeOne(type(parts.getBodyDescriptor()), fileName)) {
                            return true;
                        }
                    }
                    default -> {
                        // boundaries and preambles say nothing
                    }
                }
            }
            return false;
        } catch (MimeException e) {
            return true;
        }
    }

    private static boolean couldBeOne(String type, Optional<String> fileName) {
        boolean namedAsOne = fileName.map(name -> name.contains(".xml") || name.contains(".zip"))
                .orElse(false);
        boolean media = type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
        return namedAsOne || !(media || NEVER_A_DOCUMENT.contains(type));
    }

    private static String type(BodyDescriptor part) {
        return part.getMimeType().toLowerCase(Locale.ROOT);
    }

    /** Good enough to find an ending: the whole field where it has a name or filename parameter. */
    private static Optional<String> fileName(Field field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        return name.equals("content-disposition") || name.equals("content-type")
                ? Optional.ofNullable(field.getBody())
                        .map(body -> body.toLowerCase(Locale.ROOT))
                        .filter(body -> body.contains("name"))
                : Optional.empty();
    }
}
