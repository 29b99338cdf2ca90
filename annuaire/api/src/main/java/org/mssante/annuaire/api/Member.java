package org.mssante.annuaire.api;

import java.util.Set;
import org.mssante.core.id.MailAddress;

/** A named person who may use a mailbox that is not his own; {@code person} is his individual mailbox. */
public record Member(MailAddress person, Set<MemberRight> rights) {
    public Member {
        rights = Set.copyOf(rights);
    }

    public boolean may(MemberRight right) {
        return rights.contains(right);
    }
}
