package org.mssante.core.sql;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Waits until what was committed is on the disk. Thread-safe. */
public interface Durability extends AutoCloseable {
    /** For databases whose commit does it by itself. */
    Durability OF_THE_DATABASE = new Durability() {
        @Override
        public void await() {}

        @Override
        public void close() {}
    };

    /**
     * That of the database at this URL: H2 in a file has to be told, others force their log at each commit by themselves.
     *
     * @param url as {@link EmbeddedUrl#ordered} gave it
     * @throws SQLException where the database gives no connection to force with
     */
    static Durability of(String url, String user, String password) throws SQLException {
        return EmbeddedUrl.isFile(url)
                ? new GroupSync(new EmbeddedForce(DriverManager.getConnection(url, user, password)))
                : OF_THE_DATABASE;
    }

    /**
     * Returns once everything that was committed before the call is on the disk.
     *
     * @throws SQLException where that could not be had: the commit may or may not outlive a power loss
     */
    void await() throws SQLException;

    @Override
    void close();
}
