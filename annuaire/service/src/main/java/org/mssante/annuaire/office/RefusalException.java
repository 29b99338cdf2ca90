package org.mssante.annuaire.office;

import org.mssante.core.outcome.Outcome;

/** Rolls back what was begun; the office makes an {@link Answer.Refused} of it. */
final class RefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    RefusalException(Outcome outcome, String sentence) {
        super(sentence);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    static RefusalException notAllowed(Deed deed) {
        return new RefusalException(
                Outcome.ADMINISTRATION_NOT_ALLOWED, "Your roles do not let you " + deed.words() + ".");
    }

    static RefusalException unproven() {
        return new RefusalException(Outcome.SECOND_FACTOR_NEEDED, Outcome.SECOND_FACTOR_NEEDED.english());
    }

    static RefusalException loggedOut() {
        return new RefusalException(
                Outcome.AUTHENTICATION_FAILED,
                "Your log-in is over: your password or your mailbox has changed meanwhile.");
    }

    /** For whoever does not see a mailbox there is none: no difference is told. */
    static RefusalException unknown(Object address) {
        return new RefusalException(
                Outcome.MAILBOX_UNKNOWN, "There is no mailbox " + address + " that you administer.");
    }
}
