package org.mssante.server.storage.mailbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets the parameters of a condition that is part of a greater statement. */
@FunctionalInterface
interface Bindings {
    void set(PreparedStatement statement) throws SQLException;
}
