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
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.sending.SendingLimits;
import org.mssante.server.sending.SentRecipients;
import org.mssante.server.spool.Origin;

/**
 * Bounds the recipients of the mailboxes a message is sent by and as, over all messages and connections, by their type. A recipient too
 * many is told so at once; what counts is the end of the message, so that connections beside one another do not get more together; a message that
 * is not accepted counts nothing.
 */
public final class SendingRateHook implements RcptHook, JamesMessageHook {
    private final SendingMailboxes mailboxes;
    private final SentRecipients sent;
    private final Replies replies;

    @Inject
    public SendingRateHook(SendingMailboxes mailboxes, SentRecipients sent, Replies replies) {
        this.mailboxes = mailboxes;
        this.sent = sent;
        this.replies = replies;
    }

    @Override
    public Set<String> supportedParameters() {
        return Set.of();
    }

    @Override
    public HookResult doRcpt(
            SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
        return replies.answer(
                session,
                Asked.rcptTo(sender, recipient),
                () -> Sessions.ofLogin(
                        session,
                        login -> verdict(sent.full(
                                limits(login, sender.asOptional().flatMap(JamesNames::address)),
                                session.getRcptCount() + 1L))));
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> Sessions.ofLogin(
                        session,
                        login -> count(
                                session,
                                limits(login, Origin.sender(mail)),
                                mail.getRecipients().size())));
    }

    /** Before the message is stored, so that no other connection takes the same room; it is given back where it is not. */
    private Verdict count(SMTPSession session, Map<org.mssante.core.id.MailAddress, Long> limits, long recipients) {
        Optional<org.mssante.core.id.MailAddress> full = sent.add(limits, recipients);
        if (full.isEmpty()) {
            Sessions.counted(session, () -> sent.giveBack(limits.keySet(), recipients));
        }
        return verdict(full);
    }

    private Map<org.mssante.core.id.MailAddress, Long> limits(
            Login login, Optional<org.mssante.core.id.MailAddress> sentAs) {
        return SendingMailboxes.each(mailboxes.of(login, sentAs), SendingLimits.OfType::recipients);
    }

    private static Verdict verdict(Optional<org.mssante.core.id.MailAddress> full) {
        return full.map(mailbox -> Verdict.refuse(
                        Outcome.SENDING_TOO_MUCH, mailbox + " has sent to as many recipients as its type may"))
                .orElseGet(Verdict.Pass::new);
    }
}
