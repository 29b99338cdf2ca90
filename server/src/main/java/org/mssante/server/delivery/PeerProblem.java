package org.mssante.server.delivery;

/** Carries a failure from the step of a session that found it to {@link SmtpRelay}; never leaves this package. */
final class PeerProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    PeerProblem(Failure failure) {
        super(failure.detail());
        this.failure = failure;
    }

    PeerProblem(Failure failure, Throwable cause) {
        super(failure.detail(), cause);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
