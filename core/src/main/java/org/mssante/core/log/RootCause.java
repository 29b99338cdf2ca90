package org.mssante.core.log;

/** What a failure began with: libraries wrap it, and their own words say less. */
public final class RootCause {
    private RootCause() {}

    /** The innermost cause, or the failure itself. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
