package org.mssante.annuaire.api;

/** The directory's answer to a log-in by password. */
public enum PasswordVerdict {
    ACCEPTED,
    /** Wrong password, unknown or inactive mailbox, or one that never logs in by password: not told apart. */
    REFUSED,
    UNAVAILABLE
}
