package org.mssante.dmp.bridge.ledger;

/**
 * A receipt that is to be sent.
 *
 * @param recipient the mail address it goes to
 * @param octets of the mail it answers
 */
public record OwedReceipt(long message, Kind kind, String recipient, int attempts, long octets) {

    /** One that is owed from now on. */
    public static OwedReceipt of(long message, Kind kind, String recipient) {
        return new OwedReceipt(message, kind, recipient, 0, 0);
    }

    /** How the sender is told. */
    public enum Kind {
        /** A message disposition notification (RFC 8098): it was asked for. */
        NOTIFICATION,
        /** An ordinary mail: nobody asked, but a document was refused. */
        MAIL
    }
}
