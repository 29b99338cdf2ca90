package org.mssante.dmp.bridge.filing;

import java.io.UncheckedIOException;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * The trace, written before the ledger: a process that ends between the two repeats a line, and never loses one. That a
 * line was not written is told apart from every other failure, because nobody's mail or document is to blame for it.
 */
public final class RequiredTrace implements Trace {
    private final Trace trace;

    public RequiredTrace(Trace trace) {
        this.trace = trace;
    }

    /** @throws TraceFailure where the line is not written */
    @Override
    public void record(TraceEntry entry) {
        try {
            trace.record(entry);
        } catch (UncheckedIOException e) {
            throw new TraceFailure(e);
        }
    }
}
