package org.mssante.annuaire.index;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The terms a normal form is found by. */
final class Terms {
    /** Lucene refuses terms above 32,766 bytes; longer values share their first characters, which is enough to find them. */
    static final int MAX_LENGTH = 1_024;

    static final int GRAM = 3;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]++");

    private Terms() {}

    static String whole(String normal) {
        return normal.length() <= MAX_LENGTH ? normal : normal.substring(0, MAX_LENGTH);
    }

    /** Every run of three characters; empty for shorter texts. */
    static Set<String> grams(String normal) {
        String text = whole(normal);
        Set<String> grams = new HashSet<>();
        for (int i = 0; i + GRAM <= text.length(); i++) {
            grams.add(text.substring(i, i + GRAM));
        }
        return grams;
    }

    /** Words without punctuation: "jean-luc" has two. */
    static Set<String> words(String normal) {
        Set<String> words = new HashSet<>();
        for (String word : NO_WORD.split(whole(normal), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
