package org.mssante.server.storage.mailbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.mail.Flags;
import javax.mail.Flags.Flag;

/** The seven columns of {@code mailbox_message} that hold flags, in the one order every statement names them. */
final class MessageFlags {
    static final String COLUMNS = "answered, deleted, draft, flagged, recent, seen, user_flags";
    static final String ASSIGNMENTS =
            "answered = ?, deleted = ?, draft = ?, flagged = ?, recent = ?, seen = ?, user_flags = ?";
    /** Those of them that are everybody's where \Seen is a reader's own. */
    static final String SHARED_ASSIGNMENTS =
            "answered = ?, deleted = ?, draft = ?, flagged = ?, recent = ?, user_flags = ?";

    /** A user flag is an atom (RFC 3501 §9), so it holds no line feed. */
    private static final String SEPARATOR = "\n";

    private static final List<Flag> SYSTEM =
            List.of(Flag.ANSWERED, Flag.DELETED, Flag.DRAFT, Flag.FLAGGED, Flag.RECENT, Flag.SEEN);

    private MessageFlags() {}

    static Flags read(ResultSet row) throws SQLException {
        Flags flags = new Flags();
        int first = row.findColumn("answered");
        for (int i = 0; i < SYSTEM.size(); i++) {
            if (row.getBoolean(first + i)) {
                flags.add(SYSTEM.get(i));
            }
        }
        row.getString("user_flags").lines().forEach(flags::add);
        return flags;
    }

    /** Returns the index of the next parameter. */
    static int set(PreparedStatement statement, int index, Flags flags) throws SQLException {
        return set(statement, index, flags, SYSTEM);
    }

    /** As {@link #set}, for {@link #SHARED_ASSIGNMENTS}. */
    static int setShared(PreparedStatement statement, int index, Flags flags) throws SQLException {
        return set(statement, index, flags, SYSTEM.subList(0, SYSTEM.indexOf(Flag.SEEN)));
    }

    private static int set(PreparedStatement statement, int index, Flags flags, List<Flag> system) throws SQLException {
        int next = index;
        for (Flag flag : system) {
            statement.setBoolean(next++, flags.contains(flag));
        }
        statement.setString(next++, String.join(SEPARATOR, flags.getUserFlags()));
        return next;
    }
}
