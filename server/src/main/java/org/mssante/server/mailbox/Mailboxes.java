package org.mssante.server.mailbox;

import java.util.Set;
import java.util.function.Function;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;

/** Answers what SMTP, IMAP and the spool ask about our own mailboxes. Thread-safe. */
public final class Mailboxes {
    private final Directory directory;
    private final Set<MailDomain> ownDomains;

    public Mailboxes(Directory directory, Set<MailDomain> ownDomains) {
        this.directory = directory;
        this.ownDomains = Set.copyOf(ownDomains);
    }

    public boolean isOurs(MailDomain domain) {
        return ownDomains.contains(domain);
    }

    public Set<MailDomain> ownDomains() {
        return ownDomains;
    }

    /** May the mailbox receive a message? */
    public MailboxDecision recipient(MailAddress address) {
        return isOurs(address.domain())
                ? decide(address, Mailboxes::active)
                : new MailboxDecision.Refused(Outcome.MAILBOX_UNKNOWN, "the domain is not one of ours");
    }

    /** Is there such a mailbox, in whatever state but purged? */
    public MailboxDecision kept(MailAddress address) {
        return decide(
                address,
                mailbox -> mailbox.state() == MailboxState.PURGED
                        ? new MailboxDecision.Refused(Outcome.MAILBOX_UNKNOWN, "the mailbox is purged")
                        : new MailboxDecision.Accepted(mailbox));
    }

    /**
     * May the person use the mailbox in that way? His own always, another one where its members list says so. Who has no right there
     * learns nothing of its state.
     */
    public MailboxDecision use(MailAddress person, MailAddress address, MemberRight right) {
        if (person.equals(address)) {
            return decide(address, Mailboxes::active);
        }
        return decide(
                person,
                who -> decide(
                        address,
                        mailbox -> mailbox.grants(who, right)
                                ? active(mailbox)
                                : new MailboxDecision.Refused(
                                        Outcome.SENDER_NOT_ALLOWED,
                                        person + " has no right " + right + " in " + address)));
    }

    private static MailboxDecision active(Mailbox mailbox) {
        return mailbox.isActive()
                ? new MailboxDecision.Accepted(mailbox)
                : new MailboxDecision.Refused(Outcome.MAILBOX_CLOSED, "the mailbox is " + mailbox.state());
    }

    private MailboxDecision decide(MailAddress address, Function<Mailbox, MailboxDecision> ofFound) {
        Lookup<Mailbox> lookup = directory.mailbox(address);
        if (lookup instanceof Lookup.Found<Mailbox> found) {
            return ofFound.apply(found.value());
        }
        if (lookup instanceof Lookup.Unavailable<Mailbox> unavailable) {
            return new MailboxDecision.RetryLater(Outcome.DIRECTORY_UNAVAILABLE, unavailable.why());
        }
        return new MailboxDecision.Refused(Outcome.MAILBOX_UNKNOWN, "the directory has no such mailbox");
    }
}
