package org.mssante.dmp.bridge.ledger;

/**
 * A receipt that is to be sent.
 *
 * @param recipient the mail address it goes to
 */
public record OwedReceipt(long message, Kind kind, String recipient, int attempts) {

    /** How the sender is told. */
    public enum Kind {
        /** A message disposition notification (RFC 8098): it was asked for. */
        NOTIFICATION,
        /** An ordinary mail: nobody asked, but a document was refused. */
        MAIL
    }
}
