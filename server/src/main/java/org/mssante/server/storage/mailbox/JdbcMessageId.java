package org.mssante.server.storage.mailbox;

import java.util.UUID;
import org.apache.james.mailbox.model.MessageId;

/** The key of a row of {@code message}: what IMAP shows as EMAILID (RFC 8474). */
public record JdbcMessageId(UUID value) implements MessageId {

    /** That of no message. */
    private static final JdbcMessageId NONE = new JdbcMessageId(new UUID(0, 0));

    /** Makes new ids and reads what {@link #serialize} wrote. */
    public static final class Factory implements MessageId.Factory {
        /** Clients ask for whatever RFC 8474 calls an id: one that is none of ours is that of no message. */
        @Override
        public JdbcMessageId fromString(String serialized) {
            try {
                return new JdbcMessageId(UUID.fromString(serialized));
            } catch (IllegalArgumentException e) {
                return NONE;
            }
        }

        @Override
        public JdbcMessageId generate() {
            return new JdbcMessageId(TimeOrderedUuid.next());
        }
    }

    /** @throws IllegalArgumentException for an id that another back end made */
    static UUID uuid(MessageId id) {
        if (id instanceof JdbcMessageId ours) {
            return ours.value;
        }
        throw new IllegalArgumentException("not a message of this database: " + id);
    }

    @Override
    public String serialize() {
        return value.toString();
    }

    @Override
    public boolean isSerializable() {
        return true;
    }

    @Override
    public String toString() {
        return serialize();
    }
}
