package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;
import org.mssante.server.storage.queue.JdbcMailQueue;

/** The queue of delivered messages that the DMP bridge has to look at. */
public record BridgeQueue(JdbcMailQueue stored) {

    /** For whoever empties it. */
    public MailQueue queue() {
        return stored;
    }
}
