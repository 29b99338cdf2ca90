package org.mssante.server.smtp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.trust.TrustSpace;

/**
 * RCPT TO of a mail client: our active mailboxes, and domains on the trust list. Anything else is refused at once, which
 * tells the sender more than a bounce (mssante.md §4.2); so is a patient's address that cannot be one.
 */
public final class TrustSpaceRecipientHook implements RcptHook {
    private final Mailboxes mailboxes;
    private final TrustSpace space;
    private final OtherPatientAddresses others;
    private final Replies replies;

    /** Addresses of the patients' domain that are no patient's, e.g. the one that answers by itself (mssante.md §2.9). */
    public record OtherPatientAddresses(Set<org.mssante.core.id.MailAddress> addresses) {
        public OtherPatientAddresses {
            addresses = Set.copyOf(addresses);
        }
    }

    @Inject
    public TrustSpaceRecipientHook(
            Mailboxes mailboxes, TrustSpace space, OtherPatientAddresses others, Replies replies) {
        this.mailboxes = mailboxes;
        this.space = space;
        this.others = others;
        this.replies = replies;
    }

    @Override
    public HookResult doRcpt(
            SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
        return replies.answer(session, Asked.rcptTo(sender, recipient), () -> decide(recipient));
    }

    private Verdict decide(MailAddress recipient) {
        Optional<org.mssante.core.id.MailAddress> address = JamesNames.address(recipient);
        if (address.isEmpty()) {
            return Verdict.refuse(
                    Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE, "the address has a form no MSSanté mailbox has");
        }
        if (address.get().domain().equals(org.mssante.core.id.MailAddress.PATIENT_DOMAIN)
                && !isMatricule(address.get().local())
                && !others.addresses().contains(address.get())) {
            return Verdict.refuse(Outcome.PATIENT_ADDRESS_INVALID, "no matricule with its key");
        }
        return mailboxes.isOurs(address.get().domain())
                ? Verdict.of(mailboxes.recipient(address.get()))
                : Verdict.of(space.domain(address.get().domain()));
    }

    /** A patient's address is the matricule of his INS (mssante.md §7.4): a wrong one would reach somebody else. */
    private static boolean isMatricule(String local) {
        try {
            return new Ins(local, Ins.NIR).keyHolds();
        } catch (InvalidIdentifierException e) {
            return false;
        }
    }
}
