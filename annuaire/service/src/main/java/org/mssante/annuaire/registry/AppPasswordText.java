package org.mssante.annuaire.registry;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An app password as people copy it: six groups of four letters and digits (the alphabet of RFC 4648 §6, which lacks those that
 * look alike). The first group finds its row and is no secret; the other five are 100 random bits.
 */
record AppPasswordText(String selector, String secret) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int GROUP = 4;
    private static final int GROUPS = 6;
    private static final Pattern FORM = Pattern.compile("[a-z2-7]{" + GROUP * GROUPS + "}");
    /** People type blanks for hyphens, or none. */
    private static final Pattern BETWEEN_GROUPS = Pattern.compile("[- ]");

    static AppPasswordText random(SecureRandom random) {
        return of(random.ints((long) GROUP * GROUPS, 0, ALPHABET.length())
                .map(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /** Empty where it has another form: then it may be a person's own password. */
    static Optional<AppPasswordText> parse(String typed) {
        String letters = BETWEEN_GROUPS.matcher(typed).replaceAll("").toLowerCase(Locale.ROOT);
        return FORM.matcher(letters).matches() ? Optional.of(of(letters)) : Optional.empty();
    }

    private static AppPasswordText of(String letters) {
        return new AppPasswordText(letters.substring(0, GROUP), letters.substring(GROUP));
    }

    /** In groups with hyphens between. */
    String text() {
        return (selector + secret).replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "AppPasswordText[" + selector + "]";
    }
}
