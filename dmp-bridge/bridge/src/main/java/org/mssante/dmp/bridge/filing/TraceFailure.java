package org.mssante.dmp.bridge.filing;

import java.io.UncheckedIOException;

/** The trace took no line: what it was to say has not happened yet, and waits. */
public final class TraceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceFailure(UncheckedIOException cause) {
        super("the trace cannot be written", cause);
    }
}
