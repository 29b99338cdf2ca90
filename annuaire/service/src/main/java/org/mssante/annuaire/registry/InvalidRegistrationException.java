package org.mssante.annuaire.registry;

/** A mailbox does not keep a rule of its type, or a change would break one. The message says which. */
public final class InvalidRegistrationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidRegistrationException(String message) {
        super(message);
    }

    InvalidRegistrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
