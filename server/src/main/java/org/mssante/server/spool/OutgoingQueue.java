package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;
import org.mssante.server.storage.queue.JdbcMailQueue;

/** The queue of messages for other operators. */
public record OutgoingQueue(JdbcMailQueue stored) {

    /** For whoever empties it. */
    public MailQueue queue() {
        return stored;
    }
}
