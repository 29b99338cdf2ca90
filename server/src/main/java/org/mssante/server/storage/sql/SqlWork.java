package org.mssante.server.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One unit of SQL. It may be run again after a deadlock or a serialisation failure, so it changes nothing but the
 * database, and it neither commits nor closes the connection.
 *
 * @param <E> what it throws of its own, to roll back and to tell its caller why
 */
@FunctionalInterface
public interface SqlWork<T, E extends Exception> {
    T run(Connection connection) throws SQLException, E;
}
