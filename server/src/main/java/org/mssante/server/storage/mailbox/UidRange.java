package org.mssante.server.storage.mailbox;

import org.apache.james.mailbox.model.MessageRange;

/** A range of UIDs, both ends in it. */
record UidRange(long from, long to) {
    static UidRange of(MessageRange range) {
        return switch (range.getType()) {
            case ALL -> new UidRange(0, Long.MAX_VALUE);
            case ONE ->
                new UidRange(range.getUidFrom().asLong(), range.getUidFrom().asLong());
            case FROM -> new UidRange(range.getUidFrom().asLong(), Long.MAX_VALUE);
            case RANGE ->
                new UidRange(range.getUidFrom().asLong(), range.getUidTo().asLong());
        };
    }
}
