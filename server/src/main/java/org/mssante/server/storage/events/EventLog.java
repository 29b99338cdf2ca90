package org.mssante.server.storage.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mssante.server.storage.sql.Database;

/**
 * The table {@code event_log} of a PostgreSQL database: what each node published, for the others to read. A row names the
 * transaction that wrote it, because rows become visible in the order of commits, not of their ids: who reads again from the
 * oldest transaction that was still running misses none. Thread-safe.
 */
final class EventLog {
    /** What {@code LISTEN} waits for; it carries nothing, the rows do: a notification holds 8,000 octets at most. */
    static final String CHANNEL = "mssante_events";

    private static final int PAGE = 200;
    private static final String SEPARATOR = "\n";

    private final Database database;
    private final UUID origin;

    /**
     * An event as it is published.
     *
     * @param keys whom it concerns
     * @param groups those that its own node gives it to
     * @param event serialised
     */
    record Entry(Set<String> keys, Set<String> groups, String event) {}

    /** An event as another node reads it. */
    record Logged(long id, long transaction, Entry entry) {}

    /** That a group is given an event. */
    record Claim(long event, String group) {}

    EventLog(Database database, UUID origin) {
        this.database = database;
        this.origin = origin;
    }

    /** What was published up to now. */
    LogSnapshot snapshot() {
        return database.read(EventLog::snapshot);
    }

    static LogSnapshot snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CAST(pg_current_snapshot() AS TEXT)")) {
            row.next();
            return LogSnapshot.parse(row.getString(1));
        }
    }

    /**
     * Publishes events in one transaction. It need not wait for the disk: what a crash of the database takes with it is the
     * news of a change, never the change, and everybody who waited for the news has lost his connection too.
     */
    void append(List<Entry> entries) {
        database.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement("""
                            INSERT INTO event_log (transaction_id, origin, keys, listener_groups, event)
                            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), ?, ?, ?, ?)""")) {
                statement.execute("SET LOCAL synchronous_commit = off");
                for (Entry entry : entries) {
                    insert.setObject(1, origin);
                    insert.setString(2, String.join(SEPARATOR, entry.keys()));
                    insert.setString(3, String.join(SEPARATOR, entry.groups()));
                    insert.setString(4, entry.event());
                    insert.addBatch();
                }
                insert.executeBatch();
                statement.execute("NOTIFY " + CHANNEL);
            }
            return entries;
        });
    }

    /** Reads what other nodes wrote in a transaction from {@code from} on, a page at a time, in the connection's transaction. */
    void readFrom(Connection connection, long from, Consumer<List<Logged>> page) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, transaction_id, keys, listener_groups, event FROM event_log
                WHERE transaction_id >= ? AND origin <> ? ORDER BY id""")) {
            select.setFetchSize(PAGE);
            select.setLong(1, from);
            select.setObject(2, origin);
            try (ResultSet rows = select.executeQuery()) {
                List<Logged> read = new ArrayList<>();
                while (rows.next()) {
                    Entry entry = new Entry(names(rows.getString(3)), names(rows.getString(4)), rows.getString(5));
                    read.add(new Logged(rows.getLong(1), rows.getLong(2), entry));
                    if (read.size() == PAGE) {
                        page.accept(List.copyOf(read));
                        read.clear();
                    }
                }
                page.accept(read);
            }
        }
    }

    /** Of these, those that this node gives to the group: each is claimed by one node. */
    Set<Claim> claim(List<Claim> wanted) {
        return database.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement("""
                            INSERT INTO event_claim (event_id, listener_group) SELECT * FROM unnest(?, ?)
                            ON CONFLICT DO NOTHING RETURNING event_id, listener_group""")) {
                statement.execute("SET LOCAL synchronous_commit = off");
                insert.setArray(
                        1,
                        connection.createArrayOf(
                                "BIGINT", wanted.stream().map(Claim::event).toArray()));
                insert.setArray(
                        2,
                        connection.createArrayOf(
                                "VARCHAR", wanted.stream().map(Claim::group).toArray()));
                Set<Claim> claimed = new HashSet<>();
                try (ResultSet rows = insert.executeQuery()) {
                    while (rows.next()) {
                        claimed.add(new Claim(rows.getLong(1), rows.getString(2)));
                    }
                }
                return claimed;
            }
        });
    }

    /** Deletes events older than that; several nodes may do so at once. */
    static void sweep(Connection connection, Duration retention) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM event_log WHERE id IN (SELECT id FROM event_log
                WHERE logged < CURRENT_TIMESTAMP - make_interval(secs => ?)
                ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED)""")) {
            delete.setDouble(1, retention.toMillis() / 1_000.0);
            delete.executeUpdate();
        }
    }

    private static Set<String> names(String joined) {
        return joined.lines().collect(Collectors.toUnmodifiableSet());
    }
}
