package org.mssante.annuaire.index;

import java.util.List;

/**
 * What a search found, in the order of the index.
 *
 * @param end why it stopped
 * @param next the place to go on from, in the same snapshot; meaningful where more may follow
 */
public record Answer(List<DirectoryEntry> entries, End end, int next) {
    public Answer {
        entries = List.copyOf(entries);
    }

    /** Why a search stopped. */
    public enum End {
        /** There is no more. */
        COMPLETE,
        /** As many as were wanted, and there is at least one more. */
        LIMIT,
        /** The time was up. */
        TIME
    }
}
