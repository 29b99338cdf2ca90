package org.mssante.server.sending;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

/**
 * What a message carries beside its text: parts with a file name, with the disposition attachment (RFC 2183), or of a type that is
 * no text. A detached signature is none.
 *
 * @param bytes of all of them, decoded
 */
public record Attachments(long number, long bytes) {
    /** Each level costs a reader of its own; people's mail has few. */
    private static final int DEEPEST = 64;

    private static final Set<String> SIGNATURES =
            Set.of("application/pkcs7-signature", "application/x-pkcs7-signature");

    /**
     * Reads a message as a stream; attachments inside a message that is attached count with it.
     *
     * @throws MimeException where it is no MIME that can be read, or nests deeper than mail does
     */
    public static Attachments of(InputStream message) throws IOException, MimeException {
        MimeTokenStream parts = new MimeTokenStream(MimeConfig.PERMISSIVE);
        parts.parse(message);
        long number = 0;
        long bytes = 0;
        int depth = 0;
        boolean named = false;
        for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
            switch (state) {
                case T_START_HEADER -> named = false;
                case T_FIELD -> named |= makesAnAttachment(parts.getField());
                case T_START_MULTIPART, T_START_MESSAGE -> {
                    depth++;
                    if (depth > DEEPEST) {
                        throw new MimeException("more than " + DEEPEST + " levels of parts");
                    }
                }
                case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                case T_BODY -> {
                    if (isAttachment(parts.getBodyDescriptor(), named)) {
                        number++;
                        bytes += parts.getDecodedInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                }
                default -> {
                    // boundaries and preambles carry nothing
                }
            }
        }
        return new Attachments(number, bytes);
    }

    private static boolean isAttachment(BodyDescriptor part, boolean named) {
        boolean text = "text".equalsIgnoreCase(part.getMediaType());
        boolean signature = SIGNATURES.contains(part.getMimeType().toLowerCase(Locale.ROOT));
        return !signature && (named || !text);
    }

    private static boolean makesAnAttachment(Field field) {
        String body = Optional.ofNullable(field.getBody()).orElse("");
        return switch (field.getNameLowerCase()) {
            case "content-disposition" ->
                body.strip().toLowerCase(Locale.ROOT).startsWith("attachment")
                        || !FileNames.of(body).isEmpty();
            case "content-type" -> !FileNames.of(body).isEmpty();
            default -> false;
        };
    }
}
