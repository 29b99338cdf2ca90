package org.mssante.core.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * When what transactions wrote is on the disk. A transaction that writes runs between {@link #enter} and {@link #leave};
 * whoever answers for it waits after that. Thread-safe.
 */
public interface Durability extends AutoCloseable {
    /** For databases whose commit does it by itself. */
    Durability OF_THE_DATABASE = new Durability() {
        @Override
        public void enter() {}

        @Override
        public Connection paced(Connection connection) {
            return connection;
        }

        @Override
        public void leave() {}

        @Override
        public void await() {}

        @Override
        public void copy(Path file, Duration patience) throws IOException {
            throw new IOException("the database is no embedded one");
        }

        @Override
        public void close() {}
    };

    /**
     * That of the database at this URL: H2 in a file has to be told, others force their log at each commit by themselves.
     *
     * @param url as {@link EmbeddedUrl#ordered} gave it
     * @param sync false where a power loss may take what a killed process may not
     * @throws SQLException where the database gives no connection to force with
     */
    static Durability of(String url, String user, String password, boolean sync) throws SQLException {
        if (!EmbeddedUrl.isFile(url)) {
            return OF_THE_DATABASE;
        }
        WriteGate gate = new WriteGate();
        Connection connection = DriverManager.getConnection(url, user, password);
        try {
            return new GroupSync(new EmbeddedForce(connection, gate, sync), gate);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Before a transaction that writes, also inside another one of the same thread; it may have to wait for a moment. */
    void enter();

    /**
     * The connection for the statements of a transaction between {@link #enter} and {@link #leave}: it may pause before any of
     * them while what is unwritten is written, since memory is bounded.
     */
    Connection paced(Connection connection);

    /** After its commit or rollback. */
    void leave();

    /**
     * Returns once everything that was committed before the call is on the disk; at once inside another transaction of the
     * same thread, which is waited for in its turn.
     *
     * @throws SQLException where that could not be had: the commit may or may not outlive a power loss
     */
    void await() throws SQLException;

    /**
     * Copies an embedded database, as it was at one moment, into a new ZIP file, while others read and write.
     *
     * @param patience after which transactions wait until the copy has caught up with what they wrote
     */
    void copy(Path file, Duration patience) throws IOException;

    @Override
    void close();
}
