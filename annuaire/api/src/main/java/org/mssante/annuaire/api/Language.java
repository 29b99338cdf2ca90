package org.mssante.annuaire.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A language by its primary tag alone (BCP 47), e.g. {@code fr}.
 *
 * @param tag of ISO 639, two or three small letters
 */
public record Language(String tag) {
    private static final Pattern TAG = Pattern.compile("[a-z]{2,3}");

    /** @throws IllegalArgumentException where that is no such tag */
    public Language {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("a language is a primary tag of BCP 47 such as fr or en");
        }
    }

    /** A tag in whatever case (RFC 5646 §2.1.1). */
    public static Language parse(String tag) {
        return new Language(tag.toLowerCase(Locale.ROOT));
    }

    /** The language most wanted in a {@code preferredLanguage} (RFC 2798 §2.7), which may hold regions, weights and more. */
    static Optional<Language> wanted(String ranges) {
        try {
            return Locale.LanguageRange.parse(ranges).stream()
                    .map(range -> range.getRange().split("-", 2)[0])
                    .filter(tag -> TAG.matcher(tag).matches())
                    .map(Language::new)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            // a word on names of folders is no reason to keep a mailbox shut
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return tag;
    }
}
