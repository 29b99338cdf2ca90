package org.mssante.annuaire.lifecycle;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;

/**
 * Who is told about a mailbox: whoever reads it, its members who manage it, and the operator's administrator. Only people
 * read: nothing is written to the mailbox of a software, nor to one that takes no mail.
 */
public final class ToldPeople {
    private final boolean telling;
    private final Optional<MailAddress> administrator;

    private ToldPeople(boolean telling, Optional<MailAddress> administrator) {
        this.telling = telling;
        this.administrator = administrator;
    }

    public static ToldPeople nobody() {
        return new ToldPeople(false, Optional.empty());
    }

    /** @param administrator of the operator, told of every mailbox */
    public static ToldPeople with(Optional<MailAddress> administrator) {
        return new ToldPeople(true, administrator);
    }

    /** @param open whether the mailbox takes mail */
    Set<MailAddress> about(Mailbox mailbox, boolean open) {
        Set<MailAddress> people = new LinkedHashSet<>();
        if (telling) {
            if (open && mailbox.type() != MailboxType.APP) {
                people.add(mailbox.address());
            }
            mailbox.members().stream()
                    .filter(member -> member.may(MemberRight.MANAGE))
                    .map(Member::person)
                    .forEach(people::add);
            administrator.ifPresent(people::add);
        }
        return people;
    }
}
