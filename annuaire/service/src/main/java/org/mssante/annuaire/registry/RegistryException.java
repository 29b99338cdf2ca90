package org.mssante.annuaire.registry;

import java.security.GeneralSecurityException;
import java.sql.SQLException;

/** The registry's database failed. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Something it holds cannot be read. */
    RegistryException(String what, GeneralSecurityException cause) {
        super(what, cause);
    }

    public RegistryException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
