package org.mssante.server.auth;

import org.mssante.core.outcome.Outcome;

/** The answer to a log-in. A stranger is told one and the same thing for every refusal; the detail is for the trace. */
public sealed interface LoginDecision {

    record Granted(Login login) implements LoginDecision {}

    /**
     * @param detail in English, for the trace; never sent to the peer
     * @param proven whether it was the person himself, who may not do what he asked for: he has guessed nothing
     */
    record Refused(Outcome outcome, String detail, boolean proven) implements LoginDecision {
        public Refused(Outcome outcome, String detail) {
            this(outcome, detail, false);
        }
    }

    /** @param detail in English, for the trace; never sent to the peer */
    record RetryLater(Outcome outcome, String detail) implements LoginDecision {}
}
