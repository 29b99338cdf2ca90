package org.mssante.server.storage.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * How full a queue is.
 *
 * @param due mails that may be taken now
 * @param delayed mails whose time has not come
 * @param inHand mails somebody works on
 * @param oldest when the oldest of them all came to this server
 */
public record QueueDepth(long due, long delayed, long inHand, Optional<Instant> oldest) {}
