package org.mssante.annuaire.index;

/** A search as one kind of reader asks it. */
public record Question(EntryKey base, Scope scope, Condition condition, Audience reader) {}
