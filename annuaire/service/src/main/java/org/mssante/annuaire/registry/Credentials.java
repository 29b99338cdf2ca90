package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/** What all that a person logs in with has in common: whose it may be, and that its end is the end of sessions. */
final class Credentials {
    private static final List<String> TABLES = List.of("credential", "app_password", "second_factor");

    private Credentials() {}

    /** A mailbox that nobody else changes before the end of the transaction, and who changes it now. */
    record Locked(Mailbox mailbox, ChangeNote note) {}

    /**
     * Who may not is told so before anything is said of the mailbox.
     *
     * @throws InvalidRegistrationException where it is not one that a person logs in to by himself
     */
    static Locked lockPersonal(Connection connection, MailAddress address, Warrant warrant) throws SQLException {
        Mailbox mailbox = MailboxRows.lock(connection, address)
                .orElseThrow(() -> new InvalidRegistrationException("there is no such mailbox"))
                .mailbox();
        ChangeNote note = warrant.ask(connection, mailbox);
        if (mailbox.type() != MailboxType.PER) {
            throw new InvalidRegistrationException("only a mailbox of type PER has passwords and a second factor: "
                    + "members of others use their own, software its certificate");
        }
        if (mailbox.state() == MailboxState.PURGED) {
            throw new InvalidRegistrationException("the mailbox is purged: nothing of it changes any more");
        }
        return new Locked(mailbox, note);
    }

    /** Sessions that a password of the mailbox opened before are over. */
    static void withdraw(Connection connection, MailAddress address) throws SQLException {
        run(connection, "update mailbox set credentials_version = credentials_version + 1 where address = ?", address);
    }

    /** Of a mailbox that is purged. */
    static void forget(Connection connection, MailAddress address) throws SQLException {
        for (String table : TABLES) {
            run(connection, "delete from " + table + " where address = ?", address);
        }
    }

    private static void run(Connection connection, String sql, MailAddress address) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, address.toString());
            statement.executeUpdate();
        }
    }
}
