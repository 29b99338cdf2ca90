package org.mssante.annuaire.index;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The terms a normal form is found by. */
final class Terms {
    /** Lucene refuses terms above 32,766 bytes; longer values share their first characters, which is enough to find them. */
    static final int MAX_LENGTH = 1_024;

    /** Values are walked through by automata, which Lucene bounds by 1,000 octets: a character has three at most. */
    private static final int WALKED = 250;

    static final int GRAM = 3;

    private Terms() {}

    static String whole(String normal) {
        return normal.length() <= MAX_LENGTH ? normal : normal.substring(0, MAX_LENGTH);
    }

    /** As much of it as values can be walked through by; no half of a surrogate pair, which is no text. */
    static String walkable(String normal) {
        if (normal.length() <= WALKED) {
            return normal;
        }
        return normal.substring(0, Character.isHighSurrogate(normal.charAt(WALKED - 1)) ? WALKED - 1 : WALKED);
    }

    /** Takes a part of a text by the place of its first character. */
    @FunctionalInterface
    interface GramSink {
        void accept(String text, int at);
    }

    /** Every run of three characters, as often as it occurs; none for shorter texts. */
    static void forEachGram(String normal, GramSink sink) {
        String text = whole(normal);
        for (int i = 0; i + GRAM <= text.length(); i++) {
            sink.accept(text, i);
        }
    }

    /** Runs of three characters of some texts, from all over them where there are more than are wanted. */
    static List<String> someGrams(Collection<String> texts, int most) {
        Set<String> grams = new LinkedHashSet<>();
        for (String part : texts) {
            forEachGram(part, (text, at) -> grams.add(text.substring(at, at + GRAM)));
        }
        List<String> all = List.copyOf(grams);
        return IntStream.range(0, Math.min(most, all.size()))
                .mapToObj(i -> all.get((int) ((long) i * all.size() / Math.min(most, all.size()))))
                .toList();
    }

    /** True for what is too short to be found by its parts. */
    static boolean hasNoGram(String normal) {
        return normal.length() < GRAM;
    }

    /** Words without punctuation: "jean-luc" has two. */
    static Set<String> words(String normal) {
        Set<String> words = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= normal.length(); i++) {
            if (i == normal.length() || !isOfWord(normal, i)) {
                if (i > start) {
                    words.add(normal.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** Half of a surrogate pair is of a word where its whole is. */
    private static boolean isOfWord(String text, int at) {
        int begin =
                Character.isLowSurrogate(text.charAt(at)) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1))
                        ? at - 1
                        : at;
        int character = text.codePointAt(begin);
        return Character.isLetter(character) || isNumber(character);
    }

    private static boolean isNumber(int character) {
        return switch (Character.getType(character)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }
}
