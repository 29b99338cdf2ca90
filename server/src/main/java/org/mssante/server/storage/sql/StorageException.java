package org.mssante.server.storage.sql;

import java.sql.SQLException;

/** The database is absent, too slow, or refused a statement: for the caller a temporary failure. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** "unique_violation", in H2 as in PostgreSQL. */
    private static final String DUPLICATE_KEY = "23505";

    private final boolean duplicateKey;

    public StorageException(String what, SQLException cause) {
        super(what + " (SQL state " + cause.getSQLState() + ")", cause);
        this.duplicateKey = DUPLICATE_KEY.equals(cause.getSQLState());
    }

    /** Whether a row with that key was there already. */
    public boolean isDuplicateKey() {
        return duplicateKey;
    }
}
