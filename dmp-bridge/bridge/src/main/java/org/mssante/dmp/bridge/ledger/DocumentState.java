package org.mssante.dmp.bridge.ledger;

/** The life of a document. */
public enum DocumentState {
    /** Found and readable; nothing is decided. */
    EXTRACTED,
    /** The patient's rights allow filing. */
    DECIDED,
    /** A side system did not answer; it is tried again. */
    WAITING,
    /** Attempts failed again and again; an operator looks into it and starts it again. */
    STOPPED,
    /** The patient's rights allow filing; the mailbox wants a person to say so, who has not yet. */
    ASKED,
    /** In the DMP. */
    FILED,
    /** Not filed, with a code. */
    REFUSED,
    /** No document, but a part of a mail that may hold one and was not looked into. */
    NOTED;

    /** Of those that have ended, as SQL lists them. */
    static final String FINAL = "('FILED', 'REFUSED', 'NOTED')";

    public boolean isFinal() {
        return this == FILED || this == REFUSED || this == NOTED;
    }
}
