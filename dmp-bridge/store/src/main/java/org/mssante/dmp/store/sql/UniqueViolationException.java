package org.mssante.dmp.store.sql;

import java.sql.SQLException;

/** A row with the same key is there; look again and decide anew. */
public final class UniqueViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** SQLSTATE unique_violation. */
    private static final String SQL_STATE = "23505";

    UniqueViolationException(SQLException cause) {
        super(cause);
    }

    static boolean is(SQLException e) {
        return SQL_STATE.equals(e.getSQLState());
    }
}
