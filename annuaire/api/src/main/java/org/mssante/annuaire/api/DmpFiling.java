package org.mssante.annuaire.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of the documents that arrive in a mailbox, as its owner wants it. */
public enum DmpFiling {
    /** They are filed in the DMP of their patient. */
    ON("true"),
    /** Nothing is done with them. */
    OFF("false"),
    /** They are read, checked and decided about, then wait until a person says whether they are filed. */
    ASK("ask");

    private final String text;

    DmpFiling(String text) {
        this.text = text;
    }

    /** As an operator writes it. */
    public String text() {
        return text;
    }

    /** As the directory holds it, in the form of an LDAP boolean (RFC 4517 §3.3.3) where it is one. */
    public String code() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** True where documents are looked for at all. */
    public boolean isWanted() {
        return this != OFF;
    }

    /** Empty for another text. */
    public static Optional<DmpFiling> of(String text) {
        return Arrays.stream(values())
                .filter(filing -> filing.text.equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Every text, for a sentence. */
    public static String texts() {
        return Arrays.stream(values()).map(DmpFiling::text).collect(Collectors.joining(", "));
    }
}
