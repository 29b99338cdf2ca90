package org.mssante.core.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends a connection of a pool; whoever borrows it closes it. */
@FunctionalInterface
public interface Connections {
    Connection open() throws SQLException;
}
