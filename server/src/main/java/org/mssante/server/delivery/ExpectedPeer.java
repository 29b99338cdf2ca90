package org.mssante.server.delivery;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.trust.CertificateUse;
import org.mssante.server.trust.CertificateVerdict;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.DistinguishedName;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustFacts;

/** One known server, named by its certificate's full subject: the DMP bridge is on no trust list. */
public final class ExpectedPeer implements PeerTrust {
    private final DistinguishedName subject;
    private final CertificateVerifier certificates;
    private final Clock clock;

    public ExpectedPeer(DistinguishedName subject, CertificateVerifier certificates, Clock clock) {
        this.subject = subject;
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public TrustDecision judge(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return new TrustDecision.Refused(
                    Outcome.PEER_NOT_TRUSTED,
                    "the peer presented no certificate",
                    TrustFacts.withoutCertificate(Optional.empty()));
        }
        X509Certificate peer = chain.get(0);
        TrustFacts facts = TrustFacts.of(peer, Optional.empty());
        CertificateVerdict verdict = certificates.verify(peer, CertificateUse.TLS_SERVER, clock.instant());
        if (verdict instanceof CertificateVerdict.NotValid notValid) {
            return notValid.outcome().verdict() == Outcome.Verdict.RETRY_LATER
                    ? new TrustDecision.RetryLater(notValid.outcome(), notValid.detail(), facts)
                    : new TrustDecision.Refused(notValid.outcome(), notValid.detail(), facts);
        }
        return DistinguishedName.of(peer.getSubjectX500Principal()).equals(subject)
                ? new TrustDecision.Accepted(facts)
                : new TrustDecision.Refused(Outcome.PEER_NOT_TRUSTED, "it is not " + subject, facts);
    }
}
