package org.mssante.dmp.xds.vihf;

/** Ends the look at a VIHF that is not accepted; it never leaves this package. The message quotes nothing of it. */
final class InvalidVihfException extends RuntimeException {
    private final VihfFault fault;

    InvalidVihfException(VihfFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    InvalidVihfException(VihfFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    VihfFault fault() {
        return fault;
    }
}
