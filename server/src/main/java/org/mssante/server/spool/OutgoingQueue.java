package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;

/** The queue of messages for other operators. */
public record OutgoingQueue(MailQueue queue) {}
