package org.mssante.server.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One unit of SQL. It may be run again after a deadlock or a serialisation failure, so it changes nothing but the
 * database, and it neither commits nor closes the connection.
 */
@FunctionalInterface
public interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
}
