package org.mssante.server.storage.sql;

import java.sql.SQLException;

/** The database is absent, too slow, or refused a statement: for the caller a temporary failure. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String what, SQLException cause) {
        super(what + " (SQL state " + cause.getSQLState() + ")", cause);
    }
}
