package org.mssante.server.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Puts result headers on top of a message and takes out of its header the Authentication-Results that claim to be ours
 * (RFC 8601 §5: whoever adds them must remove forged ones). Every other octet stays as it is and where it is: nothing is
 * parsed and written again. The header is held in memory: whoever lets messages in bounds it.
 */
final class TopHeaders {
    private static final String RESULTS = "authentication-results:";

    private final String authservId;

    /** @param authservId our name in Authentication-Results */
    TopHeaders(String authservId) {
        this.authservId = authservId.toLowerCase(Locale.ROOT);
    }

    /**
     * @param lines header fields without line ends, the topmost first
     * @param message closed by the caller
     * @throws IOException where the message cannot be read
     */
    InputStream on(InputStream message, List<String> lines) throws IOException {
        ByteArrayOutputStream top = new ByteArrayOutputStream();
        for (String line : lines) {
            top.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        ByteArrayOutputStream field = new ByteArrayOutputStream();
        while (true) {
            byte[] line = line(message);
            boolean continues = line.length > 0 && (line[0] == ' ' || line[0] == '\t');
            if (!continues) {
                keepUnlessForged(field, top);
            }
            field.write(line);
            if (isEndOfHeader(line)) {
                break;
            }
        }
        field.writeTo(top);
        return new SequenceInputStream(new ByteArrayInputStream(top.toByteArray()), message);
    }

    private void keepUnlessForged(ByteArrayOutputStream field, ByteArrayOutputStream kept) throws IOException {
        if (!claimsToBeOurs(field.toString(StandardCharsets.ISO_8859_1))) {
            field.writeTo(kept);
        }
        field.reset();
    }

    /** The identifier comes first, perhaps behind comments (RFC 8601 §2.2). */
    private boolean claimsToBeOurs(String field) {
        String unfolded = field.replaceAll("[\\r\\n]+", "").toLowerCase(Locale.ROOT);
        String name = unfolded.replaceAll("^([!-9;-~]+)[ \\t]*:", "$1:");
        if (!name.startsWith(RESULTS)) {
            return false;
        }
        String value = withoutComments(name.substring(RESULTS.length())).strip();
        String id = value.split("[;\\s]", 2)[0].replace("\"", "");
        return id.equals(authservId);
    }

    /** Comments nest and may hold quoted pairs (RFC 5322 §3.2.2). */
    private static String withoutComments(String value) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (depth > 0 && c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
                text.append(' ');
            } else if (depth == 0) {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** One line with its end; empty at the end of the message. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static boolean isEndOfHeader(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        return text.isEmpty() || "\n".equals(text) || "\r\n".equals(text);
    }
}
