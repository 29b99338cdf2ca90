package org.mssante.server.storage.mailbox;

import java.io.Serializable;
import java.util.UUID;
import org.apache.james.mailbox.model.MailboxId;

/** The key of a row of {@code mailbox}. */
public record JdbcMailboxId(UUID value) implements MailboxId, Serializable {
    private static final long serialVersionUID = 1L;

    /** Reads what {@link #serialize} wrote. */
    public static final class Factory implements MailboxId.Factory {
        @Override
        public JdbcMailboxId fromString(String serialized) {
            return new JdbcMailboxId(UUID.fromString(serialized));
        }
    }

    static JdbcMailboxId next() {
        return new JdbcMailboxId(TimeOrderedUuid.next());
    }

    /** @throws IllegalArgumentException for an id that another back end made */
    static UUID uuid(MailboxId id) {
        if (id instanceof JdbcMailboxId ours) {
            return ours.value;
        }
        throw new IllegalArgumentException("not a mailbox of this database: " + id.serialize());
    }

    @Override
    public String serialize() {
        return value.toString();
    }

    @Override
    public String toString() {
        return serialize();
    }
}
