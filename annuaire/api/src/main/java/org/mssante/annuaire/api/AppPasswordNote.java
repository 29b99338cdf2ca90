package org.mssante.annuaire.api;

import java.util.Optional;

/**
 * By which app password a bind was accepted, as the directory says it to whoever has it: in the diagnostic message of the result
 * (RFC 4511 §4.1.9), which other clients pass over.
 */
public final class AppPasswordNote {
    private static final String BEGINNING = "by the app password ";

    private AppPasswordNote() {}

    /** @param name of the app password; never its text */
    public static String of(String name) {
        return BEGINNING + name;
    }

    /** @param message of a result; null where it has none, as the LDAP library says it */
    static Optional<String> nameIn(String message) {
        return Optional.ofNullable(message)
                .filter(text -> text.startsWith(BEGINNING))
                .map(text -> text.substring(BEGINNING.length()));
    }
}
