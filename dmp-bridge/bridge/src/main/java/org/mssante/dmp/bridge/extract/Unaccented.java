package org.mssante.dmp.bridge.extract;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Texts that people write with and without accents. */
final class Unaccented {
    private static final Pattern MARKS = Pattern.compile("\\p{M}++");

    private Unaccented() {}

    static String of(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    }
}
