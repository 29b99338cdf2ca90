package org.mssante.dmp.xds.signature;

import org.mssante.core.log.RootCause;

/** A submission could not be signed. The message names the kind of failure, never what the document says. */
public final class SigningFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    SigningFailedException(Exception cause) {
        super(RootCause.of(cause).getClass().getSimpleName(), cause);
    }
}
