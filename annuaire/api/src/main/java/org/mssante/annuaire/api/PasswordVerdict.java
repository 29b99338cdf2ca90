package org.mssante.annuaire.api;

import java.util.Optional;

/** The directory's answer to a log-in by password. */
public sealed interface PasswordVerdict {

    /** @param appPassword the name of the app password it was; empty where it was the person's own */
    record Accepted(Optional<String> appPassword) implements PasswordVerdict {}

    enum Denied implements PasswordVerdict {
        /** Wrong password, unknown or inactive mailbox, or one that never logs in by password: not told apart. */
        REFUSED,
        /** Too many log-ins of that name have failed: not looked at for a while, whether there is such a mailbox or not. */
        TOO_SOON,
        UNAVAILABLE
    }
}
