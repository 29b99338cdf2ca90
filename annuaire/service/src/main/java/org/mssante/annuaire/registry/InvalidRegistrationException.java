package org.mssante.annuaire.registry;

import org.mssante.core.outcome.Outcome;

/** A mailbox does not keep a rule of its type, or a change would break one. The message says which. */
public final class InvalidRegistrationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    public InvalidRegistrationException(String message) {
        this(Outcome.CHANGE_IMPOSSIBLE, message);
    }

    InvalidRegistrationException(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    InvalidRegistrationException(String message, Throwable cause) {
        this(
                cause instanceof InvalidRegistrationException refused ? refused.outcome : Outcome.CHANGE_IMPOSSIBLE,
                message,
                cause);
    }

    InvalidRegistrationException(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** Its code. */
    public Outcome outcome() {
        return outcome;
    }
}
