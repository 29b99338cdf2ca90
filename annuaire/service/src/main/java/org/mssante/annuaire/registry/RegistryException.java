package org.mssante.annuaire.registry;

import java.sql.SQLException;

/** The registry's database failed. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
