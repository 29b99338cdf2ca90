package org.mssante.server.smtp;

import java.util.Map;
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
import org.mssante.server.sending.SendingLimits;
import org.mssante.server.sending.SentRecipients;

/**
 * Bounds the recipients of the mailbox that was logged in to, over all its messages and connections, by its type. A recipient too many is told so
 * at once; what counts is the end of the message, so that connections beside one another do not get more together.
 */
public final class SendingRateHook implements RcptHook, JamesMessageHook {
    private final SendingLimits sending;
    private final SentRecipients sent;
    private final Replies replies;

    @Inject
    public SendingRateHook(SendingLimits sending, SentRecipients sent, Replies replies) {
        this.sending = sending;
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
                () -> Sessions.login(session)
                        .map(login -> verdict(
                                login, sent.hasRoom(login.mailbox(), session.getRcptCount() + 1L, limit(login))))
                        .orElseGet(SendingRateHook::nobody));
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> Sessions.login(session)
                        .map(login -> verdict(
                                login,
                                sent.add(login.mailbox(), mail.getRecipients().size(), limit(login))))
                        .orElseGet(SendingRateHook::nobody));
    }

    private long limit(Login login) {
        return sending.of(login.type()).recipients();
    }

    private Verdict verdict(Login login, boolean hasRoom) {
        return hasRoom
                ? new Verdict.Pass()
                : Verdict.refuse(
                        Outcome.SENDING_TOO_MUCH,
                        login.mailbox() + " (" + login.type() + ") has sent to " + limit(login) + " recipients");
    }

    private static Verdict nobody() {
        return Verdict.refuse(Outcome.AUTHENTICATION_REQUIRED, "nobody has logged in");
    }
}
