package org.mssante.server.smtp;

import java.util.Set;
import javax.inject.Inject;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.AskedAnew;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.mailbox.Membership;

/** Who may send as whom. Asked for every message: a right may be withdrawn while a connection lives. */
final class SendingRights {
    private static final Set<Outcome> ALIKE = Set.of(Outcome.MAILBOX_UNKNOWN, Outcome.RIGHT_MISSING);

    private final Mailboxes mailboxes;

    @Inject
    SendingRights(@AskedAnew Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** The person as himself, or as a mailbox he is a member of with the right to send; his own has to be active, too. */
    Verdict of(Login login, MailAddress sender) {
        if (!mailboxes.isOurs(sender.domain())) {
            return Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, "the sender's domain is not one of ours");
        }
        Verdict verdict = Verdict.of(new Membership(login.person(), sender).may(MemberRight.SEND, mailboxes));
        // an unknown sender and a forbidden one look alike: no oracle for names
        return verdict instanceof Verdict.Refuse refuse && ALIKE.contains(refuse.outcome())
                ? Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, refuse.detail())
                : verdict;
    }
}
