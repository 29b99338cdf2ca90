package org.mssante.annuaire.crawl;

import java.time.Duration;

/**
 * How much is read, and when all of it.
 *
 * @param whole after which everything is read and compared again: nobody tells of what is not there any more
 * @param lookBack how far back the API says what changed; beyond that everything is read (annuaire.md §4.6)
 * @param overlap by which a question goes back behind the last one: clocks differ, and writing takes time
 * @param maxPages of one kind of resource
 * @param maxBytes of one reading
 * @param diskReserve octets that stay free on the disk
 */
public record CrawlRules(
        Duration whole, Duration lookBack, Duration overlap, int maxPages, long maxBytes, long diskReserve) {}
