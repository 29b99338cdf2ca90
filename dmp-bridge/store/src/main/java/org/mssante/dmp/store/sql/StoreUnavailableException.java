package org.mssante.dmp.store.sql;

import java.sql.SQLException;

/** The database does not do what it should; the request may be repeated later. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(SQLException cause) {
        super(cause);
    }
}
