package org.mssante.server.smtp;

import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustFacts;

/** What a hook makes of the answer of another room: go on, or refuse the command. Immutable. */
sealed interface Verdict {

    /** The command may go on. */
    record Pass() implements Verdict {}

    /**
     * The command is refused, for good or for the moment, as the outcome says.
     *
     * @param detail in English, for the trace; never sent to the peer
     * @param facts what the trust space's decision rests on, where it was asked
     */
    record Refuse(Outcome outcome, String detail, Optional<TrustFacts> facts) implements Verdict {

        TraceEntry addTo(TraceEntry entry) {
            TraceEntry known = facts.map(present -> present.addTo(entry)).orElse(entry);
            return known.outcome(outcome).with(Field.DETAIL, detail);
        }
    }

    static Verdict refuse(Outcome outcome, String detail) {
        return new Refuse(outcome, detail, Optional.empty());
    }

    static Verdict of(TrustDecision decision) {
        if (decision instanceof TrustDecision.Refused refused) {
            return new Refuse(refused.outcome(), refused.detail(), Optional.of(refused.facts()));
        }
        if (decision instanceof TrustDecision.RetryLater later) {
            return new Refuse(later.outcome(), later.detail(), Optional.of(later.facts()));
        }
        return new Pass();
    }

    static Verdict of(MailboxDecision decision) {
        if (decision instanceof MailboxDecision.Refused refused) {
            return refuse(refused.outcome(), refused.detail());
        }
        if (decision instanceof MailboxDecision.RetryLater later) {
            return refuse(later.outcome(), later.detail());
        }
        return new Pass();
    }
}
