package org.mssante.dmp.bridge.extract;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Content in base64 that no header announces: encoded twice, or under a transfer encoding nobody knows. */
final class HiddenBase64 {
    private static final int LOOK_AT = 1024;
    private static final int QUANTUM = 4;
    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9+/=\\s]+");

    private HiddenBase64() {}

    /** @param expected asked about the first decoded octets: any words of letters alone are base64, too */
    static Optional<byte[]> decode(byte[] content, Predicate<byte[]> expected) {
        String start = new String(content, 0, Math.min(content.length, LOOK_AT), StandardCharsets.ISO_8859_1);
        if (!ALPHABET.matcher(start).matches()) {
            return Optional.empty();
        }
        String signs = start.replaceAll("\\s+", "");
        return decoded(signs.substring(0, signs.length() / QUANTUM * QUANTUM).getBytes(StandardCharsets.ISO_8859_1))
                .filter(expected)
                .flatMap(known -> decoded(content));
    }

    private static Optional<byte[]> decoded(byte[] text) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
