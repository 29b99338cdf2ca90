package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Takes one row that is due for one worker, passing over rows another instance is taking at the same moment. */
final class Claim {
    private Claim() {}

    /** @param where of constant text: the states that are work */
    static OptionalLong next(Connection connection, String table, String key, String where, Worker worker)
            throws SQLException {
        String select = "SELECT " + key + " FROM " + table + " WHERE " + where
                + " AND (claimed_by IS NULL OR claimed_at < ?) AND due_at <= ? ORDER BY due_at, " + key
                + " FETCH FIRST 1 ROWS ONLY FOR UPDATE SKIP LOCKED";
        try (PreparedStatement query = connection.prepareStatement(select)) {
            query.setObject(1, worker.leaseEnd());
            query.setObject(2, worker.time());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return OptionalLong.empty();
                }
                long id = row.getLong(1);
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE " + table + " SET claimed_by = ?, claimed_at = ? WHERE " + key + " = ?")) {
                    update.setString(1, worker.name());
                    update.setObject(2, worker.time());
                    update.setLong(3, id);
                    update.executeUpdate();
                }
                return OptionalLong.of(id);
            }
        }
    }

    /** What was in hand when the process ended may be what ended it: that counts as a failure. */
    static void recover(Connection connection, String table, Worker worker) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET claimed_by = NULL, failures = failures + 1 WHERE claimed_by = ?")) {
            update.setString(1, worker.name());
            update.executeUpdate();
        }
    }

    static void giveBackAll(Connection connection, String table, Worker worker) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + table + " SET claimed_by = NULL WHERE claimed_by = ?")) {
            update.setString(1, worker.name());
            update.executeUpdate();
        }
    }
}
