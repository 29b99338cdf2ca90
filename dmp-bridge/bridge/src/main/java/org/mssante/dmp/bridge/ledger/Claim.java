package org.mssante.dmp.bridge.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one row that is due for one worker, passing over rows another worker or instance is taking at the same moment. What
 * is due is looked up without locks: H2 would lock every row that is due before it takes the first.
 */
final class Claim {
    /** More than there are workers: one of them is free, unless all others are taken first. */
    private static final int CANDIDATES = 16;

    /** What a row's content takes; a receipt is made of its mail. */
    private static final Map<String, String> SIZE = Map.of(
            "message", "COALESCE(size_octets, 0)",
            "document", "COALESCE(size_octets, 0)",
            "receipt", "(SELECT COALESCE(m.size_octets, 0) FROM message m WHERE m.id = receipt.message)");

    private Claim() {}

    /**
     * Takes the row that has been due the longest of one of the states.
     *
     * @param states that are work: each is looked up by itself, in the order of its index
     */
    static Optional<Claimed> next(Connection connection, String table, String key, List<String> states, Worker worker)
            throws SQLException {
        String due = "(claimed_by IS NULL OR claimed_at < ?) AND due_at <= ?";
        List<Candidate> candidates = new ArrayList<>();
        for (String state : states) {
            candidates.addAll(candidates(connection, table, key, "state = '" + state + "' AND " + due, worker));
        }
        candidates.sort(Comparator.comparing(Candidate::dueAt).thenComparing(Candidate::key));
        for (Candidate candidate : candidates) {
            String where = "state = '" + candidate.state() + "' AND " + due;
            if (lock(connection, table, key, where, worker, candidate.key())) {
                take(connection, table, key, worker, candidate.key());
                return Optional.of(new Claimed(candidate.key(), candidate.octets()));
            }
        }
        return Optional.empty();
    }

    /** A row that is due. */
    private record Candidate(String state, OffsetDateTime dueAt, long key, long octets) {}

    private static List<Candidate> candidates(
            Connection connection, String table, String key, String where, Worker worker) throws SQLException {
        // the state stands in the order too, so that the index serves it all
        try (PreparedStatement query =
                connection.prepareStatement("SELECT state, due_at, " + key + ", " + SIZE.get(table) + " FROM " + table
                        + " WHERE " + where + " ORDER BY state, due_at, " + key + " FETCH FIRST " + CANDIDATES
                        + " ROWS ONLY")) {
            query.setObject(1, worker.leaseEnd());
            query.setObject(2, worker.time());
            List<Candidate> candidates = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    candidates.add(new Candidate(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class),
                            rows.getLong(3),
                            rows.getLong(4)));
                }
            }
            return candidates;
        }
    }

    /** False where somebody else has it, or had it since it was looked up. */
    private static boolean lock(
            Connection connection, String table, String key, String where, Worker worker, long candidate)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + key + " FROM " + table + " WHERE "
                + where + " AND " + key + " = ? FOR UPDATE SKIP LOCKED")) {
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
