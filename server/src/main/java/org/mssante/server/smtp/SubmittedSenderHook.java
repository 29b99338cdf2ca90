package org.mssante.server.smtp;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.JamesNames;

/**
 * MAIL FROM of a mail client: a log-in that still counts, the right to send from the mailbox it opened, a mailbox it may send as, or
 * the null sender, which receipts need (RFC 8098 §2.1); the From header is checked in any case ({@link FromHeaderHook}). The
 * same again at the end of DATA, which may be long after.
 */
public final class SubmittedSenderHook implements MailHook, JamesMessageHook {
    private final Doorkeeper doorkeeper;
    private final SendingRights rights;
    private final Replies replies;

    @Inject
    public SubmittedSenderHook(Doorkeeper doorkeeper, SendingRights rights, Replies replies) {
        this.doorkeeper = doorkeeper;
        this.rights = rights;
        this.replies = replies;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return replies.answer(
                session, Asked.mailFrom(sender), () -> Sessions.ofLogin(session, login -> decide(login, sender)));
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> Sessions.ofLogin(session, login -> decide(login, mail.getMaybeSender())));
    }

    private Verdict decide(Login login, MaybeSender sender) {
        Optional<Doorkeeper.Lapse> lapse = doorkeeper.lapseOf(login);
        if (lapse.isPresent()) {
            return Verdict.refuse(lapse.get().outcome(), lapse.get().detail());
        }
        Verdict there = rights.of(login, login.mailbox());
        if (sender.isNullSender() || there instanceof Verdict.Refuse) {
            return there;
        }
        Optional<MailAddress> address = sender.asOptional().flatMap(JamesNames::address);
        return address.map(from -> rights.of(login, from))
                .orElseGet(() ->
                        Verdict.refuse(Outcome.SENDER_NOT_ALLOWED, "the address has a form no MSSanté mailbox has"));
    }
}
