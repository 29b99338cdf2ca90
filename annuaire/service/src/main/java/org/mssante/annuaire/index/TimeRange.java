package org.mssante.annuaire.index;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from the first instant in it
 * @param to the last one
 */
public record TimeRange(Instant from, Instant to) {
    public boolean holds(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }
}
