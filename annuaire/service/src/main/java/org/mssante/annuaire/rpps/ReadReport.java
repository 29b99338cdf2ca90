package org.mssante.annuaire.rpps;

import java.util.List;

/**
 * What reading one extract found.
 *
 * @param rows records handed on
 * @param quarantined lines not handed on: wrong number of columns, over-long, or without the identifier they need
 * @param malformedBytes characters that were no UTF-8 and were replaced
 * @param doubtfulKeys identifiers of the right form whose check digit is wrong: handed on all the same
 * @param firstFaults the first quarantined lines, as sentences
 * @param complete false where the file ends within a line
 */
public record ReadReport(
        String file,
        long rows,
        long quarantined,
        long malformedBytes,
        long doubtfulKeys,
        List<String> firstFaults,
        boolean complete) {
    public ReadReport {
        firstFaults = List.copyOf(firstFaults);
    }
}
