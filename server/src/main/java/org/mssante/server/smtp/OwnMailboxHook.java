package org.mssante.server.smtp;

import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.Mailboxes;

/** RCPT TO between operators: our own active mailboxes, and nothing else (no relay, mssante.md §4.1). */
public final class OwnMailboxHook implements RcptHook {
    private final Mailboxes mailboxes;
    private final Replies replies;

    @Inject
    public OwnMailboxHook(Mailboxes mailboxes, Replies replies) {
        this.mailboxes = mailboxes;
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
            return Verdict.refuse(Outcome.MAILBOX_UNKNOWN, "the address has a form no MSSanté mailbox has");
        }
        return mailboxes.isOurs(address.get().domain())
                ? Verdict.of(mailboxes.recipient(address.get()))
                : Verdict.refuse(Outcome.RELAY_DENIED, "the domain is not one of ours");
    }
}
