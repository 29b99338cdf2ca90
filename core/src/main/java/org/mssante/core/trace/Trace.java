package org.mssante.core.trace;

/** Where a service appends what happened. Thread-safe. */
@FunctionalInterface
public interface Trace {
    void record(TraceEntry entry);
}
