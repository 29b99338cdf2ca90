package org.mssante.server.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;

/** The trust space decided by the signed list: every question is answered from the list and the lists of this moment. */
public final class ListedTrustSpace implements TrustSpace {
    private final Supplier<Optional<TrustList>> listInForce;
    private final CertificateVerifier certificates;
    private final Clock clock;

    /** @param listInForce asked once a decision, so that each decision rests on one list; empty where none may be used */
    public ListedTrustSpace(Supplier<Optional<TrustList>> listInForce, CertificateVerifier certificates, Clock clock) {
        this.listInForce = listInForce;
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public void expect(List<X509Certificate> peerChain) {
        if (!peerChain.isEmpty()) {
            certificates.verify(peerChain.get(0), CertificateUse.TLS_CLIENT, Instant.now(clock));
        }
    }

    @Override
    public TrustDecision inbound(List<X509Certificate> peerChain, Optional<MailDomain> senderDomain) {
        return listInForce
                .get()
                .map(list -> inbound(list, peerChain, senderDomain))
                .orElseGet(ListedTrustSpace::noList);
    }

    @Override
    public TrustDecision outbound(List<X509Certificate> peerChain, MailDomain recipientDomain) {
        return listInForce
                .get()
                .map(list -> outbound(list, peerChain, recipientDomain))
                .orElseGet(ListedTrustSpace::noList);
    }

    private TrustDecision inbound(TrustList list, List<X509Certificate> peerChain, Optional<MailDomain> senderDomain) {
        if (peerChain.isEmpty()) {
            return new TrustDecision.Refused(
                    Outcome.CLIENT_CERTIFICATE_MISSING,
                    "the peer presented no certificate",
                    TrustFacts.withoutCertificate(Optional.of(list.generated())));
        }
        X509Certificate peer = peerChain.get(0);
        TrustFacts facts = TrustFacts.of(peer, Optional.of(list.generated()));
        Optional<TrustDecision> objection = objection(peer, CertificateUse.TLS_CLIENT, facts);
        if (objection.isPresent()) {
            return objection.get();
        }
        DistinguishedName name = DistinguishedName.of(peer.getSubjectX500Principal());
        return senderDomain
                .map(domain -> sender(list, domain, name, facts))
                .orElseGet(() -> nullSender(list, name, facts));
    }

    private TrustDecision outbound(TrustList list, List<X509Certificate> peerChain, MailDomain recipientDomain) {
        TrustFacts unknown = TrustFacts.withoutCertificate(Optional.of(list.generated()));
        Optional<Set<DistinguishedName>> operators = list.operatorsOf(recipientDomain);
        if (operators.isEmpty()) {
            return outside(recipientDomain, unknown);
        }
        if (peerChain.isEmpty()) {
            return new TrustDecision.Refused(Outcome.PEER_NOT_TRUSTED, "the peer presented no certificate", unknown);
        }
        X509Certificate peer = peerChain.get(0);
        TrustFacts facts = TrustFacts.of(peer, Optional.of(list.generated()));
        Optional<TrustDecision> objection = objection(peer, CertificateUse.TLS_SERVER, facts);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (!operators.get().contains(DistinguishedName.of(peer.getSubjectX500Principal()))) {
            return new TrustDecision.Refused(
                    Outcome.PEER_NOT_TRUSTED, "its DN is not listed for " + recipientDomain, facts);
        }
        return new TrustDecision.Accepted(facts);
    }

    @Override
    public TrustDecision domain(MailDomain domain) {
        return listInForce.get().map(list -> domain(list, domain)).orElseGet(ListedTrustSpace::noList);
    }

    private static TrustDecision domain(TrustList list, MailDomain domain) {
        TrustFacts facts = TrustFacts.withoutCertificate(Optional.of(list.generated()));
        return list.operatorsOf(domain).isPresent() ? new TrustDecision.Accepted(facts) : outside(domain, facts);
    }

    private static TrustDecision noList() {
        return new TrustDecision.RetryLater(
                Outcome.TRUST_LIST_UNAVAILABLE,
                "the list in force has not been confirmed by its source for too long",
                TrustFacts.withoutCertificate(Optional.empty()));
    }

    private Optional<TrustDecision> objection(X509Certificate peer, CertificateUse use, TrustFacts facts) {
        CertificateVerdict verdict = certificates.verify(peer, use, Instant.now(clock));
        if (verdict instanceof CertificateVerdict.NotValid notValid) {
            return Optional.of(
                    notValid.outcome().verdict() == Outcome.Verdict.RETRY_LATER
                            ? new TrustDecision.RetryLater(notValid.outcome(), notValid.detail(), facts)
                            : new TrustDecision.Refused(notValid.outcome(), notValid.detail(), facts));
        }
        return Optional.empty();
    }

    private static TrustDecision sender(TrustList list, MailDomain domain, DistinguishedName name, TrustFacts facts) {
        Optional<Set<DistinguishedName>> operators = list.operatorsOf(domain);
        if (operators.isEmpty()) {
            return new TrustDecision.Refused(
                    Outcome.SENDER_DOMAIN_NOT_LISTED, domain + " is not on the trust list", facts);
        }
        if (!operators.get().contains(name)) {
            return new TrustDecision.Refused(
                    Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN, "its DN is not listed for " + domain, facts);
        }
        return new TrustDecision.Accepted(facts);
    }

    /** A DSN or MDN names no domain: any operator may send one (mssante §2.6). */
    private static TrustDecision nullSender(TrustList list, DistinguishedName name, TrustFacts facts) {
        return list.isOperator(name)
                ? new TrustDecision.Accepted(facts)
                : new TrustDecision.Refused(Outcome.CERTIFICATE_NOT_LISTED, "its DN is listed for no domain", facts);
    }

    private static TrustDecision outside(MailDomain domain, TrustFacts facts) {
        return new TrustDecision.Refused(
                Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE, domain + " is not on the trust list", facts);
    }
}
