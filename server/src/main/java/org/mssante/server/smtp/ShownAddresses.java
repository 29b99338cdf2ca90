package org.mssante.server.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.internet.MimeUtility;

/**
 * The addresses that a mail client may show out of names and comments. Clients decode encoded words wherever they stand (RFC 2047 §5
 * has them between blanks alone), within quotes and glued to one another too, so they are looked for everywhere; and one that cannot
 * be decoded says nothing about what would be shown. Linear in the length.
 */
final class ShownAddresses {
    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");
    /** The language of RFC 2231 §5 is left out of the charset. */
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([!-~&&[^?*]]++)(?:\\*[!-~&&[^?]]*+)?\\?([bBqQ])\\?([\\t -~&&[^?\"]]*+)\\?=");

    private static final String STILL_ENCODED = "=?";
    private static final String OF_LOCAL_PARTS = "!#$%&'*+-/=?^_`{|}~.";
    private static final String OF_DOMAINS = "-.";

    private ShownAddresses() {}

    /**
     * @param names quoted strings, comments and words as they stand, an octet a character
     * @return empty where something is encoded that cannot be decoded
     */
    static Optional<List<String>> in(String names) {
        String text = new String(names.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            String decoded = decoded(QUOTED_PAIR.matcher(text).replaceAll("$1"));
            return decoded.contains(STILL_ENCODED) ? Optional.empty() : Optional.of(addresses(asSeen(decoded)));
        } catch (IllegalArgumentException e) { // an unknown charset, no base64, no hexadecimal number
            return Optional.empty();
        }
    }

    /** Octets of neighbours with one charset are decoded together: clients join what was cut within a character. */
    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        Pending pending = new Pending(decoded);
        Matcher word = ENCODED_WORD.matcher(text);
        int behind = 0;
        while (word.find()) {
            String between = text.substring(behind, word.start());
            if (behind == 0 || !between.isBlank()) {
                pending.flush();
                decoded.append(between);
            }
            pending.add(Charset.forName(MimeUtility.javaCharset(word.group(1))), octets(word.group(2), word.group(3)));
            behind = word.end();
        }
        pending.flush();
        return decoded.append(text, behind, text.length()).toString();
    }

    /** Octets that wait for their neighbours'. */
    private static final class Pending {
        private final StringBuilder target;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private Charset charset = StandardCharsets.US_ASCII;

        Pending(StringBuilder target) {
            this.target = target;
        }

        void add(Charset next, byte[] more) {
            if (!next.equals(charset)) {
                flush();
                charset = next;
            }
            octets.writeBytes(more);
        }

        void flush() {
            target.append(octets.toString(charset));
            octets.reset();
        }
    }

    private static byte[] octets(String encoding, String text) {
        return encoding.equalsIgnoreCase("b") ? Base64.getDecoder().decode(text) : fromQ(text);
    }

    /** RFC 2047 §4.2. */
    private static byte[] fromQ(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '=') {
                octets.write(octet(text.substring(at + 1, Math.min(at + 3, text.length()))));
                at += 2;
            } else {
                octets.write(character == '_' ? ' ' : character);
            }
        }
        return octets.toByteArray();
    }

    private static int octet(String digits) {
        if (digits.length() < 2) {
            throw new IllegalArgumentException("a number is cut off");
        }
        return HexFormat.fromHexDigits(digits);
    }

    /**
     * Full-width and other forms of a character are the character (NFKC), and what is not seen is not there. Each character by itself:
     * the order of many marks on one letter takes longer than the text is.
     */
    private static String asSeen(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .forEach(point -> {
                    if (point < 0x80) {
                        seen.append((char) point);
                    } else {
                        seen.append(Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC));
                    }
                });
        return seen.toString();
    }

    /** What stands around each {@code @}: in names addresses are between punctuation of any kind. */
    private static List<String> addresses(String text) {
        List<String> addresses = new ArrayList<>();
        for (int sign = text.indexOf('@'); sign >= 0; sign = text.indexOf('@', sign + 1)) {
            int from = sign;
            while (from > 0 && isOf(text.charAt(from - 1), OF_LOCAL_PARTS)) {
                from--;
            }
            while (text.charAt(from) == '\'') {
                from++;
            }
            int to = sign + 1;
            while (to < text.length() && isOf(text.charAt(to), OF_DOMAINS)) {
                to++;
            }
            while (OF_DOMAINS.indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            addresses.add(text.substring(from, to));
        }
        return List.copyOf(addresses);
    }

    private static boolean isOf(char character, String punctuation) {
        return Character.isLetterOrDigit(character)
                || Character.isSurrogate(character)
                || punctuation.indexOf(character) >= 0;
    }
}
