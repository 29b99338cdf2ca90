package org.mssante.dmp.bridge.filing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.ledger.ContentLedger;

/**
 * Frees the content of what ended longer ago than it is kept: patients' documents stay in the bridge no longer than somebody
 * may ask about them, and the database does not grow for ever. Looks once an interval, and then goes on until nothing is
 * left. Thread-safe: one worker at a time does it.
 */
public final class ContentRetention {
    /** Mails a transaction: some tens of megabytes. */
    private static final int BATCH = 50;

    private final ContentLedger contents;
    private final Kept kept;
    private final Trace trace;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private Instant nextLook = Instant.MIN;

    /**
     * @param time after the end
     * @param interval between two looks
     */
    public record Kept(Duration time, Duration interval) {}

    public ContentRetention(ContentLedger contents, Kept kept, Trace trace, Clock clock) {
        this.contents = contents;
        this.kept = kept;
        this.trace = trace;
        this.clock = clock;
    }

    /** Frees some; false where it is not the time for it, or nothing was left. */
    public boolean free() {
        if (!one.tryLock()) {
            return false;
        }
        try {
            Instant now = clock.instant();
            if (now.isBefore(nextLook)) {
                return false;
            }
            int freed = contents.free(now.minus(kept.time()), BATCH);
            if (freed < BATCH) {
                nextLook = now.plus(kept.interval());
            }
            if (freed > 0) {
                trace.record(TraceEntry.of(Event.CONTENT_FREED).with(Field.COUNT, freed));
            }
            return freed > 0;
        } finally {
            one.unlock();
        }
    }
}
