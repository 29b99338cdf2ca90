package org.mssante.annuaire.fhir;

import java.time.Duration;

/**
 * What a client may ask for.
 *
 * @param page entries of a page where the client does not say
 * @param largestPage that a client may ask for
 * @param professionalEntries a professional gets for one search, over all its pages: the directory is not for copying
 * @param searchTime one page may take
 * @param searches that can be gone on with at most; the oldest are forgotten
 */
public record FhirLimits(int page, int largestPage, int professionalEntries, Duration searchTime, int searches) {}
