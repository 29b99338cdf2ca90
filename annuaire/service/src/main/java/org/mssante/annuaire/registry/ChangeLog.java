package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** What happened to mailboxes: a line of the history, and one of the trace, in the transaction of the change. */
final class ChangeLog {
    private final Trace trace;
    private final Clock clock;

    ChangeLog(Trace trace, Clock clock) {
        this.trace = trace;
        this.clock = clock;
    }

    /** The trace line is written before the commit: a change that cannot be traced does not happen. */
    void record(Connection connection, Event event, MailAddress address, ChangeNote note, String what)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into mailbox_change (address, changed_at, author, reason, what) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, address.toString());
            insert.setTimestamp(2, now());
            insert.setString(3, note.author());
            insert.setString(4, note.reason());
            insert.setString(5, what);
            insert.executeUpdate();
        }
        trace.record(TraceEntry.of(event)
                .with(Field.ACTOR, note.author())
                .with(Field.ON_BEHALF_OF, address)
                .with(Field.DETAIL, what + " (" + note.reason() + ")"));
    }

    Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    /** Oldest first, without the oldest {@code skipped}, at most {@code count}. */
    static List<Change> of(Connection connection, MailAddress address, int skipped, int count) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select changed_at, author, reason, what from mailbox_change"
                        + " where address = ? order by id offset ? rows fetch first ? rows only")) {
            select.setString(1, address.toString());
            select.setInt(2, skipped);
            select.setInt(3, count);
            try (ResultSet rows = select.executeQuery()) {
                List<Change> changes = new ArrayList<>();
                while (rows.next()) {
                    ChangeNote note = new ChangeNote(rows.getString("author"), rows.getString("reason"));
                    changes.add(new Change(
                            address, rows.getTimestamp("changed_at").toInstant(), note, rows.getString("what")));
                }
                return changes;
            }
        }
    }
}
