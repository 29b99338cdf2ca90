package org.mssante.server.storage.queue;

import java.time.Duration;

/**
 * The times of queues.
 *
 * @param visibility how long a mail may be in hand before it is given to somebody else
 * @param poll how often a reader looks for mails whose time has come, or that another node enqueued
 * @param node the number of this server among those of its database (see {@link QueueNode})
 */
public record QueueSettings(Duration visibility, Duration poll, int node) {

    /** For a server that has its database for itself. */
    public QueueSettings(Duration visibility, Duration poll) {
        this(visibility, poll, QueueNode.ALONE);
    }
}
