package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes one row that is due for one worker, passing over rows another worker or instance is taking at the same moment. What
 * is due is looked up without locks: H2 would lock every row that is due before it takes the first.
 */
final class Claim {
    /** More than there are workers: one of them is free, unless all others are taken first. */
    private static final int CANDIDATES = 16;

    private Claim() {}

    /** @param where of constant text: the states that are work */
    static OptionalLong next(Connection connection, String table, String key, String where, Worker worker)
            throws SQLException {
        String due = where + " AND (claimed_by IS NULL OR claimed_at < ?) AND due_at <= ?";
        for (long candidate : candidates(connection, table, key, due, worker)) {
            if (lock(connection, table, key, due, worker, candidate)) {
                take(connection, table, key, worker, candidate);
                return OptionalLong.of(candidate);
            }
        }
        return OptionalLong.empty();
    }

    private static List<Long> candidates(Connection connection, String table, String key, String due, Worker worker)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + key + " FROM " + table + " WHERE " + due
                + " ORDER BY due_at, " + key + " FETCH FIRST " + CANDIDATES + " ROWS ONLY")) {
            query.setObject(1, worker.leaseEnd());
            query.setObject(2, worker.time());
            List<Long> candidates = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    candidates.add(rows.getLong(1));
                }
            }
            return candidates;
        }
    }

    /** False where somebody else has it, or had it since it was looked up. */
    private static boolean lock(
            Connection connection, String table, String key, String due, Worker worker, long candidate)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + key + " FROM " + table + " WHERE " + due + " AND " + key + " = ? FOR UPDATE SKIP LOCKED")) {
            query.setObject(1, worker.leaseEnd());
            query.setObject(2, worker.time());
            query.setLong(3, candidate);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void take(Connection connection, String table, String key, Worker worker, long id)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET claimed_by = ?, claimed_at = ? WHERE " + key + " = ?")) {
            update.setString(1, worker.name());
            update.setObject(2, worker.time());
            update.setLong(3, id);
            update.executeUpdate();
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
