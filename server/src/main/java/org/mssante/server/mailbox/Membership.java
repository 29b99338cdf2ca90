package org.mssante.server.mailbox;

import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;

/**
 * A person in a mailbox, as James' session holds both: the session is the mailbox's, its logged-in user is the person.
 *
 * @param person by the address of his own mailbox
 */
public record Membership(MailAddress person, MailAddress mailbox) {

    /** Empty where a name is no address of ours: nobody is let in so. */
    public static Optional<Membership> of(MailboxSession session) {
        Username person = session.getLoggedInUser().orElse(session.getUser());
        return JamesNames.address(person)
                .flatMap(who -> JamesNames.address(session.getUser()).map(where -> new Membership(who, where)));
    }

    public boolean isOwn() {
        return person.equals(mailbox);
    }

    /** May he use it in that way? His own mailbox must be active, too, and of a person where it is another one. */
    public MailboxDecision may(MemberRight right, Mailboxes mailboxes) {
        MailboxDecision himself = mailboxes.recipient(person);
        if (isOwn() || !(himself instanceof MailboxDecision.Accepted)) {
            return himself;
        }
        MailboxDecision there = mailboxes.use(person, mailbox, right);
        return there instanceof MailboxDecision.Refused no && no.outcome() == Outcome.SENDER_NOT_ALLOWED
                ? new MailboxDecision.Refused(Outcome.RIGHT_MISSING, no.detail())
                : there;
    }
}
