package org.mssante.annuaire.index;

import java.util.Optional;

/**
 * A search as one kind of reader asks it.
 *
 * @param changed when what is searched for changed; empty where any time will do
 */
public record Question(EntryKey base, Scope scope, Condition condition, Audience reader, Optional<TimeRange> changed) {

    public Question(EntryKey base, Scope scope, Condition condition, Audience reader) {
        this(base, scope, condition, reader, Optional.empty());
    }

    /** Whether an entry is one of those, whenever it changed. */
    boolean isAnsweredBy(DirectoryEntry entry) {
        return scope.reaches(base, entry.key())
                && reader.mayRead(entry.audience())
                && condition.test(new ReadableEntry(entry, reader)) == Truth.TRUE;
    }
}
