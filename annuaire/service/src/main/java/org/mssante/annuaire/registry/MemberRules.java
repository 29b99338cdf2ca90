package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;

/** Who may be a member of a mailbox, or administer some: a person (mssante.md §5.3), known by his own mailbox here. */
final class MemberRules {
    private MemberRules() {}

    /**
     * @param before the members that were there already: one who has given up his mailbox since keeps nobody from changing others
     * @param after as it stands in the table now
     * @throws InvalidRegistrationException that names the new member who can be none; the same words whatever is wrong with it
     */
    static void check(Connection connection, List<Member> before, Mailbox after) throws SQLException {
        Set<Member> known = new HashSet<>(before);
        for (Member member : after.members()) {
            if (!known.contains(member)
                    && MailboxRows.find(connection, member.person())
                            .filter(person -> isPerson(person.mailbox()))
                            .isEmpty()) {
                throw new InvalidRegistrationException(
                        member.person() + " is no open mailbox of a person (PER) of this server");
            }
        }
    }

    /** A suspended one is to come back. */
    static boolean isPerson(Mailbox mailbox) {
        return mailbox.type() == MailboxType.PER
                && mailbox.state() != MailboxState.CLOSED
                && mailbox.state() != MailboxState.PURGED;
    }
}
