package org.mssante.server.smtp;

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
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.trust.TrustSpace;

/**
 * The reader sees From, not MAIL FROM: between operators every address in From and Sender must be of a domain for which the
 * peer's certificate is listed. Whether the national rules compare From is not known (mssante.md §12), so an operator may
 * ask for its form alone.
 */
public final class PeerFromHook implements JamesMessageHook {
    private final TrustSpace space;
    private final FromRule rule;
    private final Replies replies;

    @Inject
    public PeerFromHook(TrustSpace space, FromRule rule, Replies replies) {
        this.space = space;
        this.rule = rule;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return replies.answer(session, Asked.data(mail), () -> decide(session, mail));
    }

    private Verdict decide(SMTPSession session, Mail mail) {
        try {
            return AuthorFields.of(mail)
                    .map(authors -> rule == FromRule.FORM ? new Verdict.Pass() : decide(session, authors))
                    .orElseGet(
                            () -> Verdict.refuse(Outcome.FROM_INVALID, "From and Sender are not as RFC 5322 has them"));
        } catch (MessagingException e) {
            return Verdict.refuse(Outcome.FROM_INVALID, "From or Sender is not readable: " + FailureTrail.classes(e));
        }
    }

    /** An address that is only shown, in a name, deceives nobody where its domain has no place in the trust space. */
    private Verdict decide(SMTPSession session, AuthorFields authors) {
        Stream<Verdict> named = authors.addresses().stream().map(address -> decide(session, address));
        Stream<Verdict> shown = authors.shown().stream()
                .map(address -> decide(session, address))
                .filter(verdict -> !(verdict instanceof Verdict.Refuse refuse
                        && refuse.outcome() == Outcome.SENDER_DOMAIN_NOT_LISTED));
        return Stream.concat(named, shown)
                .filter(Verdict.Refuse.class::isInstance)
                .findFirst()
                .orElse(new Verdict.Pass());
    }

    private Verdict decide(SMTPSession session, String author) {
        Optional<MailAddress> address = JamesNames.parse(author);
        return address.map(known -> Verdict.of(
                        space.inbound(PeerCertificates.of(session.getSSLSession()), Optional.of(known.domain()))))
                .orElseGet(() -> Verdict.refuse(
                        Outcome.SENDER_DOMAIN_NOT_LISTED, "From or Sender names an address no MSSanté mailbox has"));
    }
}
