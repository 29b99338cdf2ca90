package org.mssante.annuaire.api;

/** The directory's answer to a log-in by password. */
public enum PasswordVerdict {
    ACCEPTED,
    /** Wrong password, unknown or inactive mailbox, or one that never logs in by password: not told apart. */
    REFUSED,
    /** Too many log-ins of that name have failed: not looked at for a while, whether there is such a mailbox or not. */
    TOO_SOON,
    UNAVAILABLE
}
