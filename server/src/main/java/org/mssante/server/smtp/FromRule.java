package org.mssante.server.smtp;

/** What is asked of From and Sender of a message another operator hands us. */
public enum FromRule {
    /** Their form. */
    FORM,
    /** Their form, and that the peer's certificate is listed for their domains. */
    PEER
}
