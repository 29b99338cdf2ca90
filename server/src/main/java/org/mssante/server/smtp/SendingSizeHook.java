package org.mssante.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mime4j.MimeException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.sending.Attachments;
import org.mssante.server.sending.SendingLimits;
import org.mssante.server.spool.Origin;

/** Bounds a message and its attachments by the types of the mailboxes it is sent by and as. */
public final class SendingSizeHook implements JamesMessageHook {
    private final SendingMailboxes mailboxes;
    private final Replies replies;

    @Inject
    public SendingSizeHook(SendingMailboxes mailboxes, Replies replies) {
        this.mailboxes = mailboxes;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> Sessions.ofLogin(session, login -> decide(mail, mailboxes.of(login, Origin.sender(mail)))));
    }

    private static Verdict decide(Mail mail, Map<MailAddress, SendingLimits.OfType> limits) {
        try {
            long octets = mail.getMessageSize();
            long most = SendingMailboxes.narrowest(limits, SendingLimits.OfType::messageBytes);
            if (octets > most) {
                return Verdict.refuse(
                        Outcome.MESSAGE_TOO_LARGE, octets + " octets of " + limits.keySet() + ", more than " + most);
            }
            if (limits.values().stream().allMatch(limit -> limit.nothingToCount(octets))) {
                return new Verdict.Pass();
            }
            try (InputStream message = new MimeMessageInputStream(mail.getMessage())) {
                Attachments attachments = Attachments.of(message);
                return attachments.number() > SendingMailboxes.narrowest(limits, SendingLimits.OfType::attachments)
                                || attachments.bytes()
                                        > SendingMailboxes.narrowest(limits, SendingLimits.OfType::attachmentBytes)
                        ? Verdict.refuse(
                                Outcome.ATTACHMENTS_TOO_LARGE,
                                attachments.number() + " attachments of " + attachments.bytes() + " octets of "
                                        + limits.keySet())
                        : new Verdict.Pass();
            }
        } catch (MimeException e) {
            return Verdict.refuse(Outcome.ATTACHMENTS_TOO_LARGE, "they cannot be counted: " + FailureTrail.classes(e));
        } catch (MessagingException | IOException e) {
            return Verdict.refuse(
                    Outcome.STORAGE_UNAVAILABLE, "the message cannot be read again: " + FailureTrail.classes(e));
        }
    }
}
