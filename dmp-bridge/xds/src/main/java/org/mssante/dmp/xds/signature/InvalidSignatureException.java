package org.mssante.dmp.xds.signature;

/** Ends the look at a signature that is not accepted; it never leaves this package. The message quotes nothing of it. */
final class InvalidSignatureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SignatureFault fault;

    InvalidSignatureException(SignatureFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    InvalidSignatureException(SignatureFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    SignatureFault fault() {
        return fault;
    }

    static void require(boolean holds, SignatureFault fault, String otherwise) {
        if (!holds) {
            throw new InvalidSignatureException(fault, otherwise);
        }
    }
}
