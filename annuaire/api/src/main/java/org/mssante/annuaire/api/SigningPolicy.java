package org.mssante.annuaire.api;

/** What the server does, on the mailbox's behalf, with a message it submits. */
public enum SigningPolicy {
    /** The message goes as it was submitted. */
    NONE,
    /** The message is signed (S/MIME, RFC 8551) with the mailbox's own key. */
    SIGN
}
