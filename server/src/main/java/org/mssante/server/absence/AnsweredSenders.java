package org.mssante.server.absence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import org.mssante.annuaire.api.Absence;
import org.mssante.core.id.MailAddress;

/** The table {@code absence_answer}. Its statements run in the transaction that delivers the message. */
public final class AnsweredSenders {
    private AnsweredSenders() {}

    /**
     * Notes that a sender is told of an absence; what was noted of other absences of the mailbox is forgotten.
     *
     * @return false where he was told before
     */
    public static boolean isNew(Connection connection, MailAddress mailbox, MailAddress sender, Absence absence)
            throws SQLException {
        try (PreparedStatement forget =
                connection.prepareStatement("DELETE FROM absence_answer WHERE mailbox = ? AND absent_from <> ?")) {
            forget.setString(1, mailbox.toString());
            forget.setObject(2, absence.from());
            forget.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO absence_answer (mailbox, sender, absent_from, absent_until) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setString(1, mailbox.toString());
            insert.setString(2, sender.toString());
            insert.setObject(3, absence.from());
            insert.setObject(4, absence.until());
            return insert.executeUpdate() == 1;
        }
    }

    /** Forgets who was told of absences that are over: addresses of patients are among them (mssante.md §7.4). */
    public static int forgetBefore(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement forget =
                connection.prepareStatement("DELETE FROM absence_answer WHERE absent_until < ?")) {
            forget.setObject(1, day);
            return forget.executeUpdate();
        }
    }
}
