package org.mssante.server.storage.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as it is compared: "contains" without regard to case (RFC 3501 §6.4.4), and whether an accent was written as a sign of
 * its own or not.
 */
final class SearchText {
    private SearchText() {}

    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    }

    /** For {@code LIKE … ESCAPE '!'} over folded text. */
    static String containing(String text) {
        String literal = folded(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return "%" + literal + "%";
    }

    /** Folded for a column: no database takes a NUL in text, and no search can ask for one. */
    static String column(String text) {
        return folded(text).replace("\0", "");
    }
}
