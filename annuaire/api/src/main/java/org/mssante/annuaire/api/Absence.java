package org.mssante.annuaire.api;

import java.time.LocalDate;

/**
 * While it lasts, who writes to a mailbox is told once that nobody reads it.
 *
 * @param from the first day
 * @param until the last day
 * @param text what senders are told
 */
public record Absence(LocalDate from, LocalDate until, String text) {

    public Absence {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("an absence ends before it begins");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("an absence has no text");
        }
    }

    public boolean lastsOn(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(until);
    }
}
