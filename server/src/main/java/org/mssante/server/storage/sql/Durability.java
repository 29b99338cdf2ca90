package org.mssante.server.storage.sql;

import java.sql.SQLException;

/** Waits until what was committed is on the disk. */
interface Durability extends AutoCloseable {
    /** For databases whose commit does it by itself. */
    Durability OF_THE_DATABASE = new Durability() {
        @Override
        public void await() {}

        @Override
        public void close() {}
    };

    /**
     * Returns once everything that was committed before the call is on the disk.
     *
     * @throws SQLException where that could not be had: the commit may or may not outlive a power loss
     */
    void await() throws SQLException;

    @Override
    void close();
}
