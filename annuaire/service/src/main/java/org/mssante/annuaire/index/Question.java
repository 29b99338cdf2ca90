package org.mssante.annuaire.index;

/** A search as one kind of reader asks it. */
public record Question(EntryKey base, Scope scope, Condition condition, Audience reader) {

    boolean isAnsweredBy(DirectoryEntry entry) {
        return scope.reaches(base, entry.key())
                && reader.mayRead(entry.audience())
                && condition.test(new ReadableEntry(entry, reader)) == Truth.TRUE;
    }
}
