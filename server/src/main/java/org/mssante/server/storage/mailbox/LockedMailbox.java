package org.mssante.server.storage.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.mssante.server.storage.quota.QuotaUsageTable;

/**
 * The row of a mailbox, locked until the transaction ends: the one place that gives out UIDs and modification sequences.
 * {@link #save} writes what was given out and what was added to the owner's quota.
 */
final class LockedMailbox {
    static final String SELECT = "SELECT id, namespace, owner, last_uid, highest_modseq";

    private final UUID id;
    private final String quotaRoot;
    private long lastUid;
    private long highestModSeq;
    private long messages;
    private long octets;

    private LockedMailbox(UUID id, String quotaRoot, long lastUid, long highestModSeq) {
        this.id = id;
        this.quotaRoot = quotaRoot;
        this.lastUid = lastUid;
        this.highestModSeq = highestModSeq;
    }

    /** Empty where the mailbox does not exist, or no longer does. */
    static Optional<LockedMailbox> lock(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " FROM mailbox WHERE id = ? FOR UPDATE")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** @param row of a query that begins with {@link #SELECT} and ends with FOR UPDATE */
    static LockedMailbox read(ResultSet row) throws SQLException {
        return new LockedMailbox(
                row.getObject("id", UUID.class),
                QuotaUsageTable.root(row.getString("namespace"), row.getString("owner")),
                row.getLong("last_uid"),
                row.getLong("highest_modseq"));
    }

    UUID id() {
        return id;
    }

    String quotaRoot() {
        return quotaRoot;
    }

    MessageUid nextUid() {
        lastUid++;
        return MessageUid.of(lastUid);
    }

    /** A UID somebody else chose is never given out again. */
    void reserve(MessageUid uid) {
        lastUid = Math.max(lastUid, uid.asLong());
    }

    ModSeq nextModSeq() {
        highestModSeq++;
        return ModSeq.of(highestModSeq);
    }

    /** Negative where messages leave. */
    void count(long moreMessages, long moreOctets) {
        messages += moreMessages;
        octets += moreOctets;
    }

    void save(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE mailbox SET last_uid = ?, highest_modseq = ? WHERE id = ?")) {
            update.setLong(1, lastUid);
            update.setLong(2, highestModSeq);
            update.setObject(3, id);
            update.executeUpdate();
        }
        if (messages != 0 || octets != 0) {
            QuotaUsageTable.add(connection, quotaRoot, messages, octets);
        }
    }
}
