package org.mssante.server.smtp;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustSpace;

/**
 * Answers, reports and receipts stay in the trust space: where a message says whereto (Reply-To, RFC 5322 §3.6.2;
 * Disposition-Notification-To, RFC 8098 §2.1; the fields of no standard that mail clients follow beside them), it names
 * addresses of our domains or of listed ones alone, in a form about which no two programs disagree.
 */
public final class ReplyToHook implements JamesMessageHook {
    private static final List<String> FIELDS = List.of(
            "Reply-To",
            "Resent-Reply-To",
            "Mail-Reply-To",
            "Mail-Followup-To",
            "Errors-To",
            "Disposition-Notification-To",
            ReceiptRequest.HEADER,
            "X-Confirm-Reading-To");

    private final Mailboxes mailboxes;
    private final TrustSpace space;
    private final Replies replies;

    @Inject
    public ReplyToHook(Mailboxes mailboxes, TrustSpace space, Replies replies) {
        this.mailboxes = mailboxes;
        this.space = space;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> FIELDS.stream()
                        .map(field -> decide(mail, field))
                        .filter(Verdict.Refuse.class::isInstance)
                        .findFirst()
                        .orElseGet(Verdict.Pass::new));
    }

    private Verdict decide(Mail mail, String field) {
        try {
            List<Optional<List<AuthorField.Author>>> fields = AuthorFields.fields(mail, field);
            if (fields.size() > 1 || fields.stream().anyMatch(Optional::isEmpty)) {
                return Verdict.refuse(
                        Outcome.REPLY_TO_INVALID, field + " is not a list of addresses, or is there twice");
            }
            return fields.stream()
                    .flatMap(known -> known.orElseThrow().stream())
                    .map(author -> decide(author.address()))
                    .filter(Verdict.Refuse.class::isInstance)
                    .findFirst()
                    .orElse(new Verdict.Pass());
        } catch (MessagingException e) {
            return Verdict.refuse(Outcome.REPLY_TO_INVALID, field + " is not readable: " + FailureTrail.classes(e));
        }
    }

    /** A list that is not in force for the moment is no reason to refuse for good. */
    private Verdict decide(String named) {
        Optional<MailAddress> address = JamesNames.parse(named);
        if (address.isEmpty()) {
            return Verdict.refuse(Outcome.REPLY_TO_INVALID, "the address has a form no MSSanté mailbox has");
        }
        if (mailboxes.isOurs(address.get().domain())) {
            return new Verdict.Pass();
        }
        TrustDecision decision = space.domain(address.get().domain());
        return decision instanceof TrustDecision.Refused
                ? Verdict.refuse(Outcome.REPLY_TO_INVALID, address.get().domain() + " is not on the trust list")
                : Verdict.of(decision);
    }
}
