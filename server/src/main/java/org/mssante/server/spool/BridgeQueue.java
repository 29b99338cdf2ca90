package org.mssante.server.spool;

import org.apache.james.queue.api.MailQueue;

/** The queue of delivered messages that the DMP bridge has to look at. */
public record BridgeQueue(MailQueue queue) {}
