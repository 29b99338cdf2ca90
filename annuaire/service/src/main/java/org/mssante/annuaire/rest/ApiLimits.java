package org.mssante.annuaire.rest;

import java.time.Duration;

/**
 * What a client may ask for.
 *
 * @param bodyOctets of the largest request body
 * @param bodyTime a client may take to send it
 * @param page entries of a page where the client does not say
 * @param largestPage that a client may ask for
 */
public record ApiLimits(int bodyOctets, Duration bodyTime, int page, int largestPage) {}
