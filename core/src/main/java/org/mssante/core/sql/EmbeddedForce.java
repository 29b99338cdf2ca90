package org.mssante.core.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Forces an embedded H2 database. {@code CHECKPOINT SYNC} does not do: H2's own writer counts a commit as saved that is
 * still on its way to the file, and the statement forces the file without it.
 */
final class EmbeddedForce implements Force {
    private final Connection connection;
    private final MVStore store;

    /** @param connection for this object alone, which closes it; it holds the database open */
    EmbeddedForce(Connection connection) throws SQLException {
        this.connection = connection;
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        this.store = session.getDatabase().getStore().getMvStore();
    }

    @Override
    public void force() throws SQLException {
        if (connection.isClosed()) {
            throw new SQLException("the database is closed");
        }
        store.commit();
        // any work on the file waits for what is under way
        store.executeFilestoreOperation(() -> {});
        store.sync();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
