package org.mssante.core.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Forces a database to its disk. One thread at a time forces, others may copy meanwhile. */
interface Force extends AutoCloseable {

    /**
     * Returns once everything that was committed before the call is on the disk.
     *
     * @throws SQLException where the database is gone
     * @throws RuntimeException where it could not write or force; what was committed may or may not outlive a power loss
     */
    void force() throws SQLException;

    /** Whether something was committed that no call of {@link #force} has written. */
    boolean isBehind();

    /** Whether so much is unwritten that whoever writes more has to wait for {@link #force} first. */
    boolean isFull();

    /**
     * Copies what was forced, as it was at one moment, into a new ZIP file.
     *
     * @param patience after which transactions wait until the copy has caught up with what they wrote
     */
    void copy(Path file, Duration patience) throws IOException;

    @Override
    void close() throws SQLException;
}
