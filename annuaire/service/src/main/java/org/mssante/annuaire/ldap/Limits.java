package org.mssante.annuaire.ldap;

import java.time.Duration;

/**
 * What a client may ask for.
 *
 * @param connections at the same time, on each port
 * @param messageBytes of one request
 * @param filterDepth levels of nesting
 * @param filterItems conditions in one filter
 * @param loginTime a connection that has not logged in may stay silent for
 * @param idleTime a connection that has logged in may stay silent for
 * @param searchTime one search (or page) may take
 * @param professionalEntries a professional gets for one search, over all its pages: the directory is not for copying
 * @param serviceEntries a service gets for one search or page
 */
public record Limits(
        int connections,
        int messageBytes,
        int filterDepth,
        int filterItems,
        Duration loginTime,
        Duration idleTime,
        Duration searchTime,
        int professionalEntries,
        int serviceEntries) {}
