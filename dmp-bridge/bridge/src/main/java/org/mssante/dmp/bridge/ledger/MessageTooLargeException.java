package org.mssante.dmp.bridge.ledger;

/** A mail above the limit; nothing of it was kept. */
public final class MessageTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    public MessageTooLargeException(long limit) {
        super("the message is larger than " + limit + " octets");
    }
}
