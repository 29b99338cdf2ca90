package org.mssante.server.mailbox;

import java.time.Duration;

/**
 * How long an answer of the annuaire is good for.
 *
 * @param fresh it is used without asking again
 * @param stale it is used where the annuaire does not answer
 * @param entries answers kept at most; the least recently used goes first
 */
public record CacheLimits(Duration fresh, Duration stale, int entries) {}
