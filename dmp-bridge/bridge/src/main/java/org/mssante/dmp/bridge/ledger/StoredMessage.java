package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A mail the bridge has accepted.
 *
 * @param sender the envelope's sender; empty for the null sender
 * @param recipients the envelope's recipients
 * @param failures times it could not be taken apart
 */
@SuppressWarnings("ArrayRecordComponent") // read once for one piece of work; nobody compares messages
public record StoredMessage(
        long id,
        String messageId,
        String sender,
        List<String> recipients,
        Instant receivedAt,
        byte[] content,
        int failures) {
    public StoredMessage {
        recipients = List.copyOf(recipients);
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "StoredMessage[" + messageId + "]";
    }
}
