package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.MailAddress;

/**
 * By what somebody may do something to a mailbox, looked at in the transaction of the deed.
 *
 * @param person who does it, where that is a person: what he was given is not taken away before the end of the deed
 */
public record Warrant(Optional<MailAddress> person, Grounds grounds) {
    /** By what somebody may do it. */
    @FunctionalInterface
    public interface Grounds {
        /**
         * @return who he is and why he does it
         * @throws RuntimeException where he may not: nothing changes
         */
        ChangeNote of(Mailbox present, Powers powers);
    }

    /** Of who need not ask. */
    public static Warrant given(ChangeNote note) {
        return new Warrant(Optional.empty(), (present, powers) -> note);
    }

    /** @param present which nobody else changes before the end of the transaction */
    ChangeNote ask(Connection connection, Mailbox present) throws SQLException {
        return grounds.of(present, Delegations.lock(connection, person));
    }
}
