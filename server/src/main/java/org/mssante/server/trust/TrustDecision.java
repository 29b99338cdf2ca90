package org.mssante.server.trust;

import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

/** The answer of the trust space. Every answer carries the facts it rests on, for the trace. Immutable. */
public sealed interface TrustDecision {

    /** What the decision rests on. */
    TrustFacts facts();

    /** The exchange may go on. */
    record Accepted(TrustFacts facts) implements TrustDecision {}

    /**
     * The exchange may not go on, and asking again changes nothing until somebody acts.
     *
     * @param detail what exactly was found, in English, for the trace and the log; never sent to the peer
     */
    record Refused(Outcome outcome, String detail, TrustFacts facts) implements TrustDecision {}

    /**
     * The question cannot be answered at the moment: fail closed, temporarily.
     *
     * @param detail what is missing, in English, for the trace and the log; never sent to the peer
     */
    record RetryLater(Outcome outcome, String detail, TrustFacts facts) implements TrustDecision {}

    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    /** Adds certificate, list date and, where it is not accepted, outcome and detail to a trace line. */
    default TraceEntry addTo(TraceEntry entry) {
        TraceEntry known = facts().addTo(entry);
        if (this instanceof Refused refused) {
            return known.outcome(refused.outcome()).with(Field.DETAIL, refused.detail());
        }
        if (this instanceof RetryLater later) {
            return known.outcome(later.outcome()).with(Field.DETAIL, later.detail());
        }
        return known;
    }
}
