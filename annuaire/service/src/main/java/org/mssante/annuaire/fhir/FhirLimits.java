package org.mssante.annuaire.fhir;

import java.time.Duration;

/**
 * What a client may ask for.
 *
 * @param page entries of a page where the client does not say
 * @param largestPage that a client may ask for
 * @param pageEntries that a page is made of at most, the mailboxes of its resources and what goes with them included
 * @param professionalEntries a professional gets for one search, over all its pages, counted in the same way: the directory is not for
 *     copying
 * @param searchTime one page may take
 * @param searches that can be gone on with at most; the oldest are forgotten
 */
public record FhirLimits(
        int page, int largestPage, int pageEntries, int professionalEntries, Duration searchTime, int searches) {}
