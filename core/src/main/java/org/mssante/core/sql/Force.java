package org.mssante.core.sql;

import java.sql.SQLException;

/** Forces a database to its disk. One thread at a time forces. */
interface Force extends AutoCloseable {

    /**
     * Returns once everything that was committed before the call is on the disk.
     *
     * @throws SQLException where the database is gone
     * @throws RuntimeException where it could not write or force; what was committed may or may not outlive a power loss
     */
    void force() throws SQLException;

    @Override
    void close() throws SQLException;
}
