package org.mssante.server.smtp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.spool.Origin;

/**
 * The reader sees From, not MAIL FROM: every address in From and Sender, in Resent-From and Resent-Sender (RFC 5322 §3.6.6), in the
 * names beside them too, must be one the login may send as. The mailbox
 * the message is sent as is noted on it: the one in Sender, which several authors need (RFC 5322 §3.6.2), else the one
 * in From; S/MIME readers compare the same two with the certificate (RFC 8550 §3).
 */
public final class FromHeaderHook implements JamesMessageHook {
    private final SendingRights rights;
    private final Replies replies;

    @Inject
    public FromHeaderHook(SendingRights rights, Replies replies) {
        this.rights = rights;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(session, Asked.data(mail), () -> Sessions.ofLogin(session, login -> decide(login, mail)));
    }

    private Verdict decide(Login login, Mail mail) {
        try {
            List<Optional<List<AuthorField.Author>>> again = Stream.concat(
                            AuthorFields.fields(mail, "Resent-From").stream(),
                            AuthorFields.fields(mail, "Resent-Sender").stream())
                    .toList();
            Optional<AuthorFields> authors = AuthorFields.of(mail);
            if (authors.isEmpty() || again.stream().anyMatch(Optional::isEmpty)) {
                return Verdict.refuse(
                        Outcome.FROM_INVALID, "From, Sender, or those who sent it again, are not as RFC 5322 has them");
            }
            return decide(
                    login,
                    mail,
                    authors.get(),
                    again.stream()
                            .flatMap(field -> field.orElseThrow().stream())
                            .toList());
        } catch (MessagingException e) {
            return Verdict.refuse(Outcome.FROM_INVALID, "From or Sender is not readable: " + FailureTrail.classes(e));
        }
    }

    private Verdict decide(Login login, Mail mail, AuthorFields authors, List<AuthorField.Author> again) {
        Optional<Verdict> refusal = Stream.of(
                        authors.addresses().stream(),
                        authors.shown().stream(),
                        again.stream().map(AuthorField.Author::address),
                        again.stream().flatMap(author -> author.shown().stream()))
                .flatMap(addresses -> addresses)
                .distinct()
                .map(address -> decide(login, address))
                .filter(Verdict.Refuse.class::isInstance)
                .findFirst();
        if (refusal.isEmpty()) {
            JamesNames.parse(authors.responsible()).ifPresent(mailbox -> Origin.sentAs(mail, mailbox));
        }
        return refusal.orElse(new Verdict.Pass());
    }

    private Verdict decide(Login login, String named) {
        Optional<MailAddress> address = JamesNames.parse(named);
        return address.map(sender -> rights.of(login, sender))
                .orElseGet(() -> Verdict.refuse(
                        Outcome.SENDER_NOT_ALLOWED,
                        "From or Sender names, or shows in a name, an address that is no mailbox of ours"));
    }
}
