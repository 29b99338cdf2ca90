package org.mssante.server.mailbox;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.Authorizator;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;

/** Who may open another mailbox than his own: its members with the right to read (mssante.md §5.3). */
public final class MemberAuthorizator implements Authorizator {
    private final Mailboxes mailboxes;

    @Inject
    public MemberAuthorizator(@AskedAnew Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public AuthorizationState canLoginAsOtherUser(Username person, Username mailbox) {
        Optional<MailAddress> who = JamesNames.address(person);
        Optional<MailAddress> where = JamesNames.address(mailbox);
        if (who.isEmpty() || where.isEmpty()) {
            return AuthorizationState.UNKNOWN_USER;
        }
        MailboxDecision decision = mailboxes.use(who.get(), where.get(), MemberRight.READ);
        return decision instanceof MailboxDecision.Accepted ? AuthorizationState.ALLOWED : AuthorizationState.FORBIDDEN;
    }
}
