package org.mssante.core.id;

/** Thrown where a string is not the identifier it claims to be. The message names the rule, never the value. */
public final class InvalidIdentifierException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidIdentifierException(String message) {
        super(message);
    }
}
