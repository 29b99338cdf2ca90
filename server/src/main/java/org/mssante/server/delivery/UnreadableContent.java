package org.mssante.server.delivery;

/** A message of our own queue could not be read to its end: no fault of the peer's. */
final class UnreadableContent extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableContent(Exception cause) {
        super("the message cannot be read to its end", cause);
    }
}
