package org.mssante.core.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encoded words (RFC 2047) in the text of a field. Lenient, as senders are: they are decoded inside quoted strings and with
 * blanks inside, and a character may be split over two words of one charset. What cannot be decoded stays as written.
 */
public final class EncodedWords {
    /** {@code =?charset*language?encoding?text?=}; the language is of RFC 2231 §5. */
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]{1,60})(?:\\*[^?\\s]{0,60})?\\?([BbQq])\\?([^?]*)\\?=");

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Optional<Charset> charset = Optional.empty();

    private EncodedWords() {}

    /** The text as a reader is to see it, line breaks of a folded field included. */
    public static String decode(String encoded) {
        return encoded.contains("=?") ? new EncodedWords().read(encoded) : encoded;
    }

    private String read(String encoded) {
        Matcher word = WORD.matcher(encoded);
        int end = 0;
        while (word.find()) {
            String between = encoded.substring(end, word.start());
            // blanks between two encoded words belong to neither (§6.2)
            if (charset.isEmpty() || !between.isBlank()) {
                plain(between);
            }
            Optional<Charset> named = charset(word.group(1));
            Optional<byte[]> octets = octets(word.group(2), word.group(3));
            if (named.isPresent() && octets.isPresent()) {
                add(named.get(), octets.get());
            } else {
                plain(word.group());
            }
            end = word.end();
        }
        plain(encoded.substring(end));
        flush();
        return text.toString();
    }

    private void add(Charset named, byte[] octets) {
        if (!charset.equals(Optional.of(named))) {
            flush();
            charset = Optional.of(named);
        }
        pending.writeBytes(octets);
    }

    private void plain(String written) {
        if (!written.isEmpty()) {
            flush();
            text.append(written);
        }
    }

    private void flush() {
        charset.ifPresent(known -> text.append(pending.toString(known)));
        charset = Optional.empty();
        pending.reset();
    }

    private static Optional<byte[]> octets(String encoding, String word) {
        return encoding.toUpperCase(Locale.ROOT).equals("B") ? base64(word) : Optional.of(quoted(word));
    }

    private static Optional<byte[]> base64(String word) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] quoted(String word) {
        return HexEscapes.decode('=', word.replace('_', ' '));
    }

    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
