package org.mssante.annuaire.web;

import java.time.Duration;

/**
 * What the port takes.
 *
 * @param connections at the same time
 * @param threads of the port: requests answered at once
 * @param idleTime a connection may be silent for
 */
public record WebLimits(int connections, int threads, Duration idleTime) {}
