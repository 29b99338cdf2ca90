package org.mssante.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.mssante.core.mail.FileNames;
import org.mssante.core.mail.XdmPackageName;
import org.mssante.core.mail.XdmSubject;

/**
 * Whether a message may carry a document for the DMP: it has a part that could be a CDA, a ZIP, or hide one, or its subject
 * announces one. In doubt, yes: the bridge looks closely, and it answers for what it finds, and for what it does not find.
 * Streams, and stops at the first such part.
 */
final class DocumentScan {
    private static final String RECEIPT = "multipart/report";
    private static final int LOOK_AT = 512;
    private static final Set<String> NEVER_A_DOCUMENT = Set.of(
            "text/plain",
            "text/html",
            "text/calendar",
            "application/pdf",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "message/rfc822");
    /** What the name of a document, or of what may hide one, contains. */
    private static final List<String> ENDINGS = List.of(".xml", ".cda", ".zip", ".eml", ".p7m");

    private DocumentScan() {}

    static boolean mayCarryDocument(InputStream message) throws IOException {
        MimeTokenStream parts = new MimeTokenStream(MimeConfig.PERMISSIVE);
        parts.parse(message);
        try {
            boolean named = false;
            boolean announced = false;
            boolean ownHeader = true;
            boolean outermost = true;
            for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
                switch (state) {
                    case T_START_HEADER -> named = false;
                    case T_FIELD -> {
                        named |= namesOne(parts.getField());
                        announced |= ownHeader && announcesOne(parts.getField());
                    }
                    case T_END_HEADER -> ownHeader = false;
                    case T_START_MULTIPART -> {
                        // a receipt is never filed, whatever it quotes; one that is quoted beside a document is no
                        // matter
                        if (outermost && RECEIPT.equals(type(parts.getBodyDescriptor()))) {
                            return false;
                        }
                        outermost = false;
                    }
                    case T_BODY -> {
                        if (announced
                                || named
                                || couldBeOne(type(parts.getBodyDescriptor()))
                                || beginsAsOne(parts.getDecodedInputStream())) {
                            return true;
                        }
                    }
                    default -> {
                        // boundaries and preambles say nothing
                    }
                }
            }
            return announced;
        } catch (MimeException e) {
            return true;
        }
    }

    private static boolean couldBeOne(String type) {
        boolean media = type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
        return !(media || NEVER_A_DOCUMENT.contains(type));
    }

    /** Whatever the type says: senders attach archives and documents as text, PDF or image, too. */
    private static boolean beginsAsOne(InputStream content) throws IOException {
        String start = new String(content.readNBytes(LOOK_AT), StandardCharsets.ISO_8859_1);
        return start.startsWith("PK\3\4") || start.contains("<?xml") || start.contains("ClinicalDocument");
    }

    private static String type(BodyDescriptor part) {
        return part.getMimeType().toLowerCase(Locale.ROOT);
    }

    private static boolean announcesOne(Field field) {
        return field.getNameLowerCase().equals("subject") && XdmSubject.announcesDocuments(body(field));
    }

    /** A part may be named in both fields, several times in each, and differently. */
    private static boolean namesOne(Field field) {
        String name = field.getNameLowerCase();
        return (name.equals("content-disposition") || name.equals("content-type"))
                && FileNames.of(body(field)).stream()
                        .map(fileName -> fileName.toLowerCase(Locale.ROOT))
                        .anyMatch(fileName -> XdmPackageName.matches(fileName)
                                || ENDINGS.stream().anyMatch(fileName::contains));
    }

    private static String body(Field field) {
        return Optional.ofNullable(field.getBody()).orElse("");
    }
}
