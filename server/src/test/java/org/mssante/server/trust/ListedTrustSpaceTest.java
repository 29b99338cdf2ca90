package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;

/** The refusal matrix of mssante §2.8, in both directions, where it is decided. */
class ListedTrustSpaceTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String AUDIT = ".espacedeconfiance.exemple.fr";

    private final TestPki pki = new TestPki();
    private final KeyMaterial valid = operator("cert-valide-audit");
    private final KeyMaterial expired = pki.issue(pki.server(TestPki.dn("cert-expire-audit" + AUDIT))
            .inForce(TestPki.NOW.minus(DAY.multipliedBy(9)), TestPki.NOW.minus(DAY)));
    private final KeyMaterial revoked = operator("cert-revoque-audit");
    private final KeyMaterial otherAuthority =
            pki.issue(pki.server(TestPki.dn("cert-non-igc-audit" + AUDIT)).issuedBy(pki.foreign));
    private final KeyMaterial otherOrganisation =
            pki.issue(pki.server("C=FR,ST=Paris (75),O=AUTRE,OU=318751275100020,CN=cert-cn-diff-dn-audit" + AUDIT));
    private final AtomicReference<List<X509CRL>> revocations = new AtomicReference<>(pki.revoking(revoked.leaf()));
    private final AtomicReference<TrustList> list = new AtomicReference<>(list(new TestTrustLists()
            .with("cert-valide-audit" + AUDIT, valid)
            .with("cert-expire-audit" + AUDIT, expired)
            .with("cert-revoque-audit" + AUDIT, revoked)
            .with("cert-non-igc-audit" + AUDIT, otherAuthority)
            .with("cert-cn-diff-dn-audit" + AUDIT, operator("cert-cn-diff-dn-audit"))
            .with("cert-no-match-audit" + AUDIT, operator("cert-no-match-audit"))
            .with("sans-tls-audit" + AUDIT, operator("bus"))));
    private final TrustSpace space = new ListedTrustSpace(
            () -> Optional.of(list.get()),
            new CertificateVerifier(pki.authorities(), revocations::get),
            Clock.fixed(TestPki.NOW, ZoneOffset.UTC));

    @Test
    void acceptsTheListedCertificateAndSaysOnWhatItRests() {
        TrustDecision decision = space.inbound(valid.chain(), domain("cert-valide-audit"));

        assertThat(decision).isInstanceOf(TrustDecision.Accepted.class);
        assertThat(decision.facts().subject().orElseThrow()).startsWith("CN=cert-valide-audit");
        assertThat(decision.facts().serial())
                .contains(valid.leaf().getSerialNumber().toString(16));
        assertThat(decision.facts().listDate()).contains(TestPki.NOW);
        assertThat(outbound(valid, "cert-valide-audit")).isInstanceOf(TrustDecision.Accepted.class);
    }

    @Test
    void refusesExpired() {
        assertRefused(expired, "cert-expire-audit", Outcome.CERTIFICATE_EXPIRED, Outcome.CERTIFICATE_EXPIRED);
    }

    @Test
    void refusesRevoked() {
        assertRefused(revoked, "cert-revoque-audit", Outcome.CERTIFICATE_REVOKED, Outcome.CERTIFICATE_REVOKED);
    }

    @Test
    void refusesAWeakCertificateThoughItsDnIsListed() {
        KeyMaterial weak =
                pki.issue(pki.server(TestPki.dn("cert-valide-audit" + AUDIT)), TestPki.keys(1024), "SHA256withRSA");
        assertRefused(weak, "cert-valide-audit", Outcome.CERTIFICATE_WEAK, Outcome.CERTIFICATE_WEAK);
    }

    @Test
    void refusesAnotherAuthorityThoughTheDnIsListed() {
        assertRefused(
                otherAuthority, "cert-non-igc-audit", Outcome.CERTIFICATE_NOT_TRUSTED, Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void refusesTheRightCnWithAnotherOrganisation() {
        assertRefused(
                otherOrganisation,
                "cert-cn-diff-dn-audit",
                Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN,
                Outcome.PEER_NOT_TRUSTED);
    }

    @Test
    void refusesACertificateListedForAnotherDomainOnly() {
        assertRefused(
                valid, "cert-no-match-audit", Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN, Outcome.PEER_NOT_TRUSTED);
    }

    @Test
    void refusesAPeerWithoutCertificate() {
        assertThat(outcome(space.inbound(List.of(), domain("sans-tls-audit"))))
                .isEqualTo(Outcome.CLIENT_CERTIFICATE_MISSING);
        assertThat(outcome(space.outbound(List.of(), new MailDomain("sans-tls-audit" + AUDIT))))
                .isEqualTo(Outcome.PEER_NOT_TRUSTED);
    }

    @Test
    void refusesDomainsThatAreNotListedTheirSubDomainsAndParents() {
        for (String name : List.of("ailleurs.fr", "sub.cert-valide-audit" + AUDIT, "espacedeconfiance.exemple.fr")) {
            MailDomain other = new MailDomain(name);
            assertThat(outcome(space.inbound(valid.chain(), Optional.of(other))))
                    .isEqualTo(Outcome.SENDER_DOMAIN_NOT_LISTED);
            assertThat(outcome(space.outbound(valid.chain(), other))).isEqualTo(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE);
            assertThat(outcome(space.domain(other))).isEqualTo(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE);
        }
        assertThat(space.domain(new MailDomain("CERT-VALIDE-AUDIT" + AUDIT)).isAccepted())
                .isTrue();
    }

    @Test
    void nullSenderIsForListedOperatorsOnly() {
        assertThat(space.inbound(valid.chain(), Optional.empty()).isAccepted()).isTrue();
        assertThat(outcome(space.inbound(otherOrganisation.chain(), Optional.empty())))
                .isEqualTo(Outcome.CERTIFICATE_NOT_LISTED);
        assertThat(outcome(space.inbound(revoked.chain(), Optional.empty()))).isEqualTo(Outcome.CERTIFICATE_REVOKED);
    }

    @Test
    void failsClosedForNowWhereRevocationIsUnknown() {
        revocations.set(List.of());

        TrustDecision decision = space.inbound(valid.chain(), domain("cert-valide-audit"));

        assertThat(decision).isInstanceOf(TrustDecision.RetryLater.class);
        assertThat(outcome(decision)).isEqualTo(Outcome.REVOCATION_UNKNOWN);
        assertThat(outbound(valid, "cert-valide-audit")).isInstanceOf(TrustDecision.RetryLater.class);
    }

    @Test
    void aNewRevocationAndANewListCountFromTheNextQuestionOn() {
        assertThat(space.inbound(valid.chain(), domain("cert-valide-audit")).isAccepted())
                .isTrue();

        revocations.set(pki.revoking(valid.leaf()));
        assertThat(outcome(space.inbound(valid.chain(), domain("cert-valide-audit"))))
                .isEqualTo(Outcome.CERTIFICATE_REVOKED);

        revocations.set(pki.revoking());
        list.set(list(new TestTrustLists().with("autre.mssante.fr", valid)));
        assertThat(outcome(space.inbound(valid.chain(), domain("cert-valide-audit"))))
                .isEqualTo(Outcome.SENDER_DOMAIN_NOT_LISTED);
    }

    private void assertRefused(KeyMaterial peer, String domain, Outcome inbound, Outcome outbound) {
        assertThat(outcome(space.inbound(peer.chain(), domain(domain)))).isEqualTo(inbound);
        assertThat(outcome(outbound(peer, domain))).isEqualTo(outbound);
    }

    private TrustDecision outbound(KeyMaterial peer, String domain) {
        return space.outbound(peer.chain(), new MailDomain(domain + AUDIT));
    }

    private static Optional<MailDomain> domain(String name) {
        return Optional.of(new MailDomain(name + AUDIT));
    }

    private KeyMaterial operator(String name) {
        return pki.issue(pki.server(TestPki.dn(name + AUDIT)));
    }

    private TrustList list(TestTrustLists rows) {
        KeyMaterial signer = TestTrustLists.signer(pki);
        X509Certificate[] nothing = {};
        return ((TrustListVerdict.Valid) new TrustListVerifier(
                                pki.verifier(nothing),
                                ListSigner.named(TestTrustLists.SIGNER_CN),
                                TrustListVerifier.Limits.defaults())
                        .verify(rows.signedBy(signer, TestPki.NOW), TestPki.NOW))
                .list();
    }

    private static Outcome outcome(TrustDecision decision) {
        if (decision instanceof TrustDecision.Refused refused) {
            return refused.outcome();
        }
        if (decision instanceof TrustDecision.RetryLater later) {
            return later.outcome();
        }
        throw new AssertionError("the peer was accepted");
    }
}
