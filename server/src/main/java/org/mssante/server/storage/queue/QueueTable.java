package org.mssante.server.storage.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMail;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.Dialect;
import org.mssante.server.storage.sql.Times;

/** The statements on {@code queue_item}, for the items of one queue. They run in their callers' transactions. */
final class QueueTable {
    /** When a mail comes back that nobody can read: not before an operator makes it due. */
    private static final Instant NEVER = Instant.parse("9000-01-01T00:00:00Z");

    private static final String ALL = "id, priority, taken, in_hand, next_delivery, arrived, " + StoredMails.COLUMNS;

    /** Every priority there is, as the rows of a VALUES clause. */
    private static final String PRIORITIES = IntStream.rangeClosed(
                    MailPrioritySupport.LOW_PRIORITY, MailPrioritySupport.HIGH_PRIORITY)
            .mapToObj(priority -> "(" + priority + ")")
            .collect(Collectors.joining(", "));

    private final String queue;
    private final StoredMails mails;
    private final Dialect dialect;
    private final int node;

    /** @param node borne by what is taken */
    QueueTable(String queue, StoredMails mails, Dialect dialect, int node) {
        this.queue = queue;
        this.mails = mails;
        this.dialect = dialect;
        this.node = node;
    }

    /**
     * An item.
     *
     * @param taken how often it has been taken, this time included
     */
    record Item(long id, int priority, int taken, Instant nextDelivery, StoredMail stored) {
        MailImpl mail() {
            return stored.mail();
        }
    }

    /**
     * What was taken.
     *
     * @param setAside what was met on the way and cannot be read: it stays in its queue with its bytes, out of the way of
     *     the others
     */
    record Taken(List<Item> items, List<Item> setAside) {}

    /** @param arrived when the mail came to this server */
    void insert(
            Connection connection, Mail mail, MailContent content, int priority, Instant arrived, Instant nextDelivery)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO queue_item (queue, priority, next_delivery, in_hand, taken, arrived, "
                        + StoredMails.COLUMNS + ") VALUES (?, ?, ?, FALSE, 0, ?, " + StoredMails.PLACEHOLDERS + ")")) {
            insert.setString(1, queue);
            insert.setInt(2, priority);
            Times.set(insert, 3, nextDelivery);
            Times.set(insert, 4, arrived);
            mails.set(insert, 5, mail, content);
            insert.executeUpdate();
        }
    }

    /**
     * Takes the next ready items, the most urgent first. Each priority that has any is asked for on its own, so that the
     * index leads straight to what is ready, however many delayed items there are.
     *
     * @param until when an item that is not finished comes back
     */
    Taken take(Connection connection, Instant now, Instant until, int limit) throws SQLException {
        List<Item> found = new ArrayList<>();
        for (int priority : readyPriorities(connection, now)) {
            if (found.size() < limit) {
                found.addAll(take(connection, priority, now, limit - found.size()));
            }
        }
        return taken(connection, found, until);
    }

    /** Takes the waiting items of that name, whether their time has come or not. */
    Taken take(Connection connection, String name, Instant until) throws SQLException {
        List<Item> found;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + ALL
                        + " FROM queue_item WHERE queue = ? AND name = ? AND in_hand = FALSE ORDER BY id FOR UPDATE SKIP LOCKED")) {
            select.setString(1, queue);
            select.setString(2, name);
            found = read(select, 1);
        }
        return taken(connection, found, until);
    }

    private Taken taken(Connection connection, List<Item> found, Instant until) throws SQLException {
        Map<Boolean, List<Item>> byReadable = found.stream()
                .collect(Collectors.partitioningBy(item -> item.stored().isReadable()));
        markTaken(connection, byReadable.get(true), until);
        setAside(connection, byReadable.get(false));
        return new Taken(byReadable.get(true), byReadable.get(false));
    }

    private static void setAside(Connection connection, List<Item> items) throws SQLException {
        for (Item item : items) {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE queue_item SET in_hand = FALSE, next_delivery = ? WHERE id = ?")) {
                Times.set(update, 1, NEVER);
                update.setLong(2, item.id());
                update.executeUpdate();
            }
        }
    }

    /** The most urgent first. */
    private List<Integer> readyPriorities(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT p FROM (VALUES " + PRIORITIES
                + ") AS priorities (p) WHERE EXISTS (SELECT 1 FROM queue_item"
                + " WHERE queue = ? AND priority = p AND next_delivery <= ?) ORDER BY p DESC")) {
            select.setString(1, queue);
            Times.set(select, 2, now);
            List<Integer> ready = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ready.add(rows.getInt(1));
                }
            }
            return ready;
        }
    }

    private void markTaken(Connection connection, List<Item> items, Instant until) throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE queue_item SET taken = taken + 1, in_hand = TRUE, holder = ?, next_delivery = ? WHERE id = ANY(?)")) {
            update.setInt(1, node);
            Times.set(update, 2, until);
            Object[] ids = items.stream().map(Item::id).toArray();
            update.setArray(3, connection.createArrayOf("BIGINT", ids));
            update.executeUpdate();
        }
    }

    private List<Item> take(Connection connection, int priority, Instant now, int limit) throws SQLException {
        String ready = " FROM queue_item WHERE queue = ? AND priority = ? AND next_delivery <= ?"
                + " ORDER BY queue, priority, next_delivery, id LIMIT " + limit;
        try (PreparedStatement select = connection.prepareStatement("SELECT " + ALL
                + " FROM queue_item WHERE id IN (SELECT id" + ready + dialect.lockedInSubquery()
                + ") AND next_delivery <= ? ORDER BY next_delivery, id FOR UPDATE SKIP LOCKED")) {
            select.setString(1, queue);
            select.setInt(2, priority);
            Times.set(select, 3, now);
            Times.set(select, 4, now);
            return read(select, 1);
        }
    }

    /** Ends an item; false, and nothing happens, where it was taken again since. */
    boolean delete(Connection connection, Item item) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM queue_item WHERE id = ? AND taken = ?")) {
            delete.setLong(1, item.id());
            delete.setInt(2, item.taken());
            return delete.executeUpdate() == 1;
        }
    }

    /** Gives an item back; nothing happens where it was taken again since. */
    void giveBack(Connection connection, Item item, Instant nextDelivery) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE queue_item SET in_hand = FALSE, next_delivery = ? WHERE id = ? AND taken = ?")) {
            Times.set(update, 1, nextDelivery);
            update.setLong(2, item.id());
            update.setInt(3, item.taken());
            update.executeUpdate();
        }
    }

    /** Gives an item back with another mail; false, and nothing happens, where it was taken again since. */
    boolean giveBack(Connection connection, Item item, Mail mail, MailContent content, Instant nextDelivery)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE queue_item SET in_hand = FALSE,"
                + " next_delivery = ?, " + StoredMails.ASSIGNMENTS + " WHERE id = ? AND taken = ?")) {
            Times.set(update, 1, nextDelivery);
            mails.set(update, 2, mail, content);
            update.setLong(2 + StoredMails.COUNT, item.id());
            update.setInt(3 + StoredMails.COUNT, item.taken());
            return update.executeUpdate() == 1;
        }
    }

    /** Makes every waiting item ready, or those of one name; says how many were not. */
    int flush(Connection connection, Instant now, Optional<String> name) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE queue_item SET next_delivery = ? WHERE queue = ? AND in_hand = FALSE AND next_delivery > ?"
                        + (name.isPresent() ? " AND name = ?" : ""))) {
            Times.set(update, 1, now);
            update.setString(2, queue);
            Times.set(update, 3, now);
            if (name.isPresent()) {
                update.setString(4, name.get());
            }
            return update.executeUpdate();
        }
    }

    QueueDepth depth(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT COUNT(CASE WHEN NOT in_hand AND next_delivery <= ? THEN 1 END),
                       COUNT(CASE WHEN NOT in_hand AND next_delivery > ? THEN 1 END),
                       COUNT(CASE WHEN in_hand THEN 1 END)
                FROM queue_item WHERE queue = ?""")) {
            Times.set(select, 1, now);
            Times.set(select, 2, now);
            select.setString(3, queue);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new QueueDepth(row.getLong(1), row.getLong(2), row.getLong(3), oldest(connection));
            }
        }
    }

    private Optional<Instant> oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT arrived FROM queue_item WHERE queue = ? ORDER BY queue, arrived LIMIT 1")) {
            select.setString(1, queue);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Times.instant(row, "arrived")) : Optional.empty();
            }
        }
    }

    /** What waits and what is in hand, the oldest first; of one name only where one is given. */
    List<QueuedMail> look(Connection connection, Optional<String> name, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + ALL
                + " FROM queue_item WHERE queue = ?" + (name.isPresent() ? " AND name = ?" : "")
                + " ORDER BY arrived, id LIMIT " + limit)) {
            select.setString(1, queue);
            if (name.isPresent()) {
                select.setString(2, name.get());
            }
            List<QueuedMail> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredMail stored = mails.read(rows);
                    found.add(new QueuedMail(
                            stored.mail(),
                            stored.isReadable(),
                            Times.instant(rows, "arrived"),
                            rows.getBoolean("in_hand"),
                            Times.instant(rows, "next_delivery")));
                }
            }
            return found;
        }
    }

    /** @param condition empty for all that wait, or one more condition with one parameter */
    int deleteWaiting(Connection connection, String condition, Optional<String> value) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM queue_item WHERE queue = ? AND in_hand = FALSE" + condition)) {
            delete.setString(1, queue);
            if (value.isPresent()) {
                delete.setString(2, value.get());
            }
            return delete.executeUpdate();
        }
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM queue_item WHERE queue = ?")) {
            select.setString(1, queue);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A page of waiting items, the most urgent first, then in the order they came, behind a place in that order. */
    List<Item> waitingAfter(Connection connection, int priority, long id, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + ALL
                + " FROM queue_item WHERE queue = ? AND in_hand = FALSE"
                + " AND (priority < ? OR (priority = ? AND id > ?)) ORDER BY priority DESC, id LIMIT " + limit)) {
            select.setString(1, queue);
            select.setInt(2, priority);
            select.setInt(3, priority);
            select.setLong(4, id);
            return read(select, 0);
        }
    }

    private List<Item> read(PreparedStatement select, int takenNow) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                items.add(new Item(
                        rows.getLong("id"),
                        rows.getInt("priority"),
                        rows.getInt("taken") + takenNow,
                        Times.instant(rows, "next_delivery"),
                        mails.read(rows)));
            }
        }
        return items;
    }

    static Instant after(Instant now, Duration delay) {
        try {
            Instant next = delay.isNegative() ? now : now.plus(delay);
            return next.isAfter(NEVER) ? NEVER : next;
        } catch (DateTimeException | ArithmeticException e) {
            return NEVER;
        }
    }
}
