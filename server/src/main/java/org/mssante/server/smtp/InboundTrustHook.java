package org.mssante.server.smtp;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustSpace;

/**
 * MAIL FROM between operators: the peer's certificate must be the listed one of the sender's domain (mssante.md §2.6).
 * Asked for every message, since list, revocation and time go on while a connection or a TLS session lives.
 */
public final class InboundTrustHook implements MailHook {
    private final TrustSpace space;
    private final Replies replies;

    @Inject
    public InboundTrustHook(TrustSpace space, Replies replies) {
        this.space = space;
        this.replies = replies;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return replies.answer(session, Asked.mailFrom(sender), () -> decide(session, sender));
    }

    private Verdict decide(SMTPSession session, MaybeSender sender) {
        Optional<MailAddress> address = sender.asOptional().flatMap(JamesNames::address);
        if (!sender.isNullSender() && address.isEmpty()) {
            return Verdict.refuse(Outcome.SENDER_DOMAIN_NOT_LISTED, "the address has a form no MSSanté mailbox has");
        }
        List<X509Certificate> chain = PeerCertificates.of(session.getSSLSession());
        TrustDecision decision = space.inbound(chain, address.map(MailAddress::domain));
        if (decision.isAccepted()) {
            Sessions.trust(session, decision.facts());
        }
        return Verdict.of(decision);
    }
}
