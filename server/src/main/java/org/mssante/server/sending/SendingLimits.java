package org.mssante.server.sending;

import java.util.EnumMap;
import java.util.Map;
import org.mssante.annuaire.api.MailboxType;

/** What mailboxes of each type may send: the {@code sending.*} settings. Immutable. */
public final class SendingLimits {
    private final Map<MailboxType, OfType> byType;

    /**
     * Of one type; {@link Long#MAX_VALUE} where nothing is set.
     *
     * @param recipients of all messages within the window
     * @param messageBytes of one message as it goes over the wire, in octets
     * @param attachments of one message, by their number
     * @param attachmentBytes of all attachments of one message together, decoded, in octets
     */
    public record OfType(long recipients, long messageBytes, long attachments, long attachmentBytes) {

        /** What is asked of the attachments of a message of that size can be answered without reading it. */
        public boolean nothingToCount(long octets) {
            // each attachment has at least a line of its own, and decoding makes none longer
            return octets <= attachmentBytes && octets / 2 <= attachments;
        }
    }

    /** @throws IllegalArgumentException where a type is missing */
    public SendingLimits(Map<MailboxType, OfType> byType) {
        this.byType = new EnumMap<>(byType);
        for (MailboxType type : MailboxType.values()) {
            if (!byType.containsKey(type)) {
                throw new IllegalArgumentException("no limits for mailboxes of type " + type);
            }
        }
    }

    public OfType of(MailboxType type) {
        return byType.get(type);
    }
}
