package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;
import org.mssante.server.storage.queue.JdbcMailQueue;

/** The queue of accepted messages that have yet to find their way. */
public record SpoolQueue(JdbcMailQueue stored) {

    /** For whoever only puts messages in. */
    public MailQueue queue() {
        return stored;
    }
}
