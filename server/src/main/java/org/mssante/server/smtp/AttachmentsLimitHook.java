package org.mssante.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mime4j.MimeException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.sending.Attachments;
import org.mssante.server.sending.SendingLimits;

/** Bounds the attachments of a message by the type of the mailbox that was logged in to. */
public final class AttachmentsLimitHook implements JamesMessageHook {
    private final SendingLimits sending;
    private final Replies replies;

    @Inject
    public AttachmentsLimitHook(SendingLimits sending, Replies replies) {
        this.sending = sending;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> Sessions.login(session)
                        .map(login -> decide(mail, sending.of(login.type())))
                        .orElseGet(() -> Verdict.refuse(Outcome.AUTHENTICATION_REQUIRED, "nobody has logged in")));
    }

    private static Verdict decide(Mail mail, SendingLimits.OfType limits) {
        try {
            if (limits.nothingToCount(mail.getMessageSize())) {
                return new Verdict.Pass();
            }
            try (InputStream message = new MimeMessageInputStream(mail.getMessage())) {
                Attachments attachments = Attachments.of(message);
                return attachments.number() > limits.attachments() || attachments.bytes() > limits.attachmentBytes()
                        ? Verdict.refuse(
                                Outcome.ATTACHMENTS_TOO_LARGE,
                                attachments.number() + " attachments of " + attachments.bytes() + " octets")
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
