package org.mssante.server.trust;

import org.mssante.server.trust.TrustListVerdict.Reason;

/** Carries a rejection from the step that found it to {@link TrustListVerifier}; never leaves this package. */
final class TrustListRejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    TrustListRejection(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    TrustListRejection(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    TrustListVerdict.Rejected verdict() {
        return new TrustListVerdict.Rejected(reason, getMessage());
    }
}
