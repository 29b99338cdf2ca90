package org.mssante.server.trust;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** A trace that can be read back in a test. */
public final class RecordedTrace implements Trace {
    private final List<TraceEntry> entries = new CopyOnWriteArrayList<>();

    @Override
    public void record(TraceEntry entry) {
        entries.add(entry);
    }

    public List<TraceEntry> of(Event event) {
        return entries.stream().filter(entry -> entry.event() == event).toList();
    }

    public List<Outcome> outcomesOf(Event event) {
        return of(event).stream()
                .map(TraceEntry::outcome)
                .flatMap(Optional::stream)
                .toList();
    }

    public List<String> valuesOf(Event event, Field field) {
        return of(event).stream()
                .map(entry -> entry.fields().get(field))
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
