package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;

/** The queue of accepted messages that have yet to find their way. */
public record SpoolQueue(MailQueue queue) {}
