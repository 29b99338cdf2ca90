package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;

class CertificateVerifierTest {
    private static final Instant NOW = TestPki.NOW;
    private static final Duration DAY = Duration.ofDays(1);

    private final TestPki pki = new TestPki();
    private final String name = TestPki.dn("smtp.exemple.mssante.fr");

    @Test
    void acceptsAnOperatorsCertificateFromAConfiguredAuthority() {
        assertThat(verdict(pki.verifier(), leaf(pki.server(name)))).isInstanceOf(CertificateVerdict.Valid.class);
    }

    @Test
    void refusesACertificateOfAnotherWorldThatCopiesAllNames() {
        assertThat(outcome(pki.verifier(), leaf(pki.server(name).issuedBy(pki.foreign))))
                .isEqualTo(Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void anAuthorityThatWasRenewedCountsWhateverFileIsReadFirst() throws Exception {
        GeneratedChain.Keys keys = GeneratedChain.Keys.generate(0);
        GeneratedChain now = new GeneratedChain(GeneratedChain.Flaw.NONE, 0, keys);
        X509Certificate oldAuthority = new GeneratedChain(GeneratedChain.Flaw.AUTHORITY_EXPIRED, 0, keys).authority;
        X509Certificate oldRoot = new GeneratedChain(GeneratedChain.Flaw.ROOT_EXPIRED, 0, keys).root;
        for (List<X509Certificate> anchors : List.of(
                List.of(now.root, oldAuthority, now.authority),
                List.of(now.root, now.authority, oldAuthority),
                List.of(oldRoot, now.root, now.authority),
                List.of(now.root, oldRoot, now.authority))) {
            CertificateVerifier verifier =
                    new CertificateVerifier(new CertificateAuthorities(anchors), () -> now.lists);
            assertThat(verifier.verify(now.leaf, CertificateUse.TLS_CLIENT, GeneratedChain.AT))
                    .isInstanceOf(CertificateVerdict.Valid.class);
        }
    }

    @Test
    void refusesASelfSignedCertificate() {
        assertThat(outcome(pki.verifier(), pki.selfSigned(name).leaf())).isEqualTo(Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void refusesACertificateOfAnAuthorityThatIsNotConfiguredThoughTheRootIs() {
        TestPki.Authority otherBranch = TestPki.below(pki.root, "C=FR,O=TEST,CN=TEST PERSONNES", TestPki.keys());

        assertThat(outcome(pki.verifier(), leaf(pki.server(name).issuedBy(otherBranch))))
                .isEqualTo(Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void refusesACertificateIssuedByAnEndEntity() {
        var operator = pki.issue(pki.server(TestPki.dn("smtp.autre.mssante.fr")));
        var mayNotIssue = new TestPki.Authority(
                operator.leaf(), new java.security.KeyPair(operator.leaf().getPublicKey(), operator.key()));
        CertificateVerifier trustsItAsAuthority = new CertificateVerifier(
                new CertificateAuthorities(
                        List.of(pki.root.certificate(), pki.organisations.certificate(), operator.leaf())),
                pki::revoking);

        assertThat(outcome(trustsItAsAuthority, leaf(pki.server(name).issuedBy(mayNotIssue))))
                .isEqualTo(Outcome.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void refusesAnAuthoritysOwnCertificate() {
        assertThat(outcome(pki.verifier(), pki.organisations.certificate())).isEqualTo(Outcome.CERTIFICATE_UNSUITABLE);
    }

    @Test
    void refusesAnExpiredCertificateAndOneNotYetInForce() {
        X509Certificate expired = leaf(pki.server(name).inForce(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
        X509Certificate early = leaf(pki.server(name).inForce(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(9))));

        assertThat(outcome(pki.verifier(), expired)).isEqualTo(Outcome.CERTIFICATE_EXPIRED);
        assertThat(outcome(pki.verifier(), early)).isEqualTo(Outcome.CERTIFICATE_EXPIRED);
    }

    @Test
    void validityIsJudgedAtTheGivenInstant() {
        X509Certificate certificate = leaf(pki.server(name).inForce(NOW.minus(DAY), NOW.plus(DAY)));

        assertThat(pki.verifier().verify(certificate, CertificateUse.TLS_CLIENT, NOW))
                .isInstanceOf(CertificateVerdict.Valid.class);
        assertThat(pki.verifier().verify(certificate, CertificateUse.TLS_CLIENT, NOW.plus(DAY.multipliedBy(2))))
                .isInstanceOf(CertificateVerdict.NotValid.class);
    }

    @Test
    void refusesARevokedCertificate() {
        X509Certificate revoked = leaf(pki.server(name));

        assertThat(outcome(pki.verifier(revoked), revoked)).isEqualTo(Outcome.CERTIFICATE_REVOKED);
    }

    @Test
    void refusesACertificateWhoseAuthorityIsRevoked() {
        List<X509CRL> lists = List.of(
                pki.crl(pki.root, NOW.minus(DAY), NOW.plus(DAY), pki.organisations.certificate()),
                pki.crl(pki.organisations, NOW.minus(DAY), NOW.plus(DAY)));

        assertThat(outcome(withLists(lists), leaf(pki.server(name)))).isEqualTo(Outcome.CERTIFICATE_REVOKED);
    }

    @Test
    void doesNotKnowWithoutTheListOfTheIssuer() {
        List<X509CRL> rootOnly = List.of(pki.crl(pki.root, NOW.minus(DAY), NOW.plus(DAY)));

        assertThat(outcome(withLists(rootOnly), leaf(pki.server(name)))).isEqualTo(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void doesNotKnowWithAnExpiredList() {
        List<X509CRL> expired = List.of(
                pki.crl(pki.root, NOW.minus(DAY), NOW.plus(DAY)),
                pki.crl(pki.organisations, NOW.minus(DAY.multipliedBy(2)), NOW.minus(DAY)));

        assertThat(outcome(withLists(expired), leaf(pki.server(name)))).isEqualTo(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void aListCountsUntilItsEndAndNotASecondLonger() {
        List<X509CRL> lists = List.of(
                pki.crl(pki.root, NOW.minus(DAY), NOW.plus(DAY)),
                pki.crl(pki.organisations, NOW.minus(DAY), NOW.plusSeconds(60)));
        X509Certificate certificate = leaf(pki.server(name));
        CertificateVerifier verifier = withLists(lists);

        assertThat(verifier.verify(certificate, CertificateUse.TLS_CLIENT, NOW.plusSeconds(59)))
                .isInstanceOf(CertificateVerdict.Valid.class);
        assertThat(verifier.verify(certificate, CertificateUse.TLS_CLIENT, NOW.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        CertificateVerdict.NotValid.class,
                        bad -> assertThat(bad.outcome()).isEqualTo(Outcome.REVOCATION_UNKNOWN));
    }

    @Test
    void doesNotBelieveAListThatSomebodyElseSignedInTheIssuersName() {
        List<X509CRL> forged = List.of(
                pki.crl(pki.root, NOW.minus(DAY), NOW.plus(DAY)), pki.crl(pki.foreign, NOW.minus(DAY), NOW.plus(DAY)));

        assertThat(outcome(withLists(forged), leaf(pki.server(name)))).isEqualTo(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void refusesACertificateMadeForAnotherUse() {
        X509Certificate mailOnly = leaf(pki.signer(name, "a@exemple.mssante.fr"));
        X509Certificate clientOnly = leaf(pki.server(name).withPurposes(KeyPurposeId.id_kp_clientAuth));
        X509Certificate encipherOnly = leaf(pki.server(name).withKeyUsage(KeyUsage.keyEncipherment));

        assertThat(outcome(pki.verifier(), mailOnly)).isEqualTo(Outcome.CERTIFICATE_UNSUITABLE);
        assertThat(pki.verifier().verify(clientOnly, CertificateUse.TLS_SERVER, NOW))
                .isInstanceOf(CertificateVerdict.NotValid.class);
        assertThat(verdict(pki.verifier(), clientOnly)).isInstanceOf(CertificateVerdict.Valid.class);
        assertThat(outcome(pki.verifier(), encipherOnly)).isEqualTo(Outcome.CERTIFICATE_UNSUITABLE);
    }

    @Test
    void aCriticalExtensionNobodyKnowsMakesACertificateUnsuitableThoughItsPathHolds() throws Exception {
        GeneratedChain chain =
                new GeneratedChain(GeneratedChain.Flaw.UNKNOWN_CRITICAL_EXTENSION, 0, GeneratedChain.Keys.generate(0));
        CertificateVerifier verifier = new CertificateVerifier(
                new CertificateAuthorities(List.of(chain.root, chain.authority)), () -> chain.lists);

        assertThat(verifier.verify(chain.leaf, CertificateUse.TLS_CLIENT, GeneratedChain.AT))
                .isInstanceOfSatisfying(
                        CertificateVerdict.NotValid.class,
                        bad -> assertThat(bad.outcome()).isEqualTo(Outcome.CERTIFICATE_UNSUITABLE));
    }

    @Test
    void refusesAKeyTooShortAndASignatureTooWeakThoughTheAuthorityIssuedIt() throws Exception {
        X509Certificate shortKey =
                pki.issue(pki.server(name), TestPki.keys(1024), "SHA256withRSA").leaf();
        X509Certificate lastAccepted =
                pki.issue(pki.server(name), TestPki.keys(2048), "SHA512withRSA").leaf();

        assertThat(outcome(pki.verifier(), shortKey)).isEqualTo(Outcome.CERTIFICATE_WEAK);
        assertThat(((CertificateVerdict.NotValid) verdict(pki.verifier(), shortKey)).detail())
                .contains("its RSA key has 1024 bits, 2048 are the least");
        assertThat(verdict(pki.verifier(), lastAccepted)).isInstanceOf(CertificateVerdict.Valid.class);
        for (String weak : List.of("SHA1withRSA", "MD5withRSA", "SHA1withRSAandMGF1")) {
            X509Certificate certificate =
                    pki.issue(pki.server(name), TestPki.keys(), weak).leaf();
            assertThat(outcome(pki.verifier(), certificate)).as(weak).isEqualTo(Outcome.CERTIFICATE_WEAK);
        }
        for (String strong : List.of("SHA384withRSA", "SHA256withRSAandMGF1")) {
            X509Certificate certificate =
                    pki.issue(pki.server(name), TestPki.keys(), strong).leaf();
            assertThat(verdict(pki.verifier(), certificate)).as(strong).isInstanceOf(CertificateVerdict.Valid.class);
        }
    }

    @Test
    void refusesACurveTooSmallAndAKindOfKeyNobodyAsksFor() throws Exception {
        for (String curve : List.of("secp256r1", "secp384r1")) {
            X509Certificate certificate = withKey(generated("EC", new ECGenParameterSpec(curve)));
            assertThat(verdict(pki.verifier(), certificate)).as(curve).isInstanceOf(CertificateVerdict.Valid.class);
        }
        KeyPairGenerator small = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        small.initialize(new ECGenParameterSpec("secp224r1"));
        assertThat(outcome(pki.verifier(), withKey(small.generateKeyPair()))).isEqualTo(Outcome.CERTIFICATE_WEAK);
        assertThat(verdict(pki.verifier(), withKey(generated("EdDSA", NamedParameterSpec.ED25519))))
                .isInstanceOf(CertificateVerdict.Valid.class);
        KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
        dsa.initialize(2048);
        assertThat(outcome(pki.verifier(), withKey(dsa.generateKeyPair()))).isEqualTo(Outcome.CERTIFICATE_WEAK);
    }

    @Test
    void refusesWhatAWeakAuthorityIssuedButNotWhatARootSignedWithAnOldAlgorithmAllowsItself() {
        TestPki.Authority weakKey = TestPki.below(pki.root, "C=FR,O=TEST,CN=TEST COURTE", TestPki.keys(1024));
        TestPki.Authority weakSignature =
                TestPki.below(pki.root, "C=FR,O=TEST,CN=TEST ANCIENNE", TestPki.keys(), "SHA1withRSA");
        TestPki.Authority oldRoot = TestPki.root("C=FR,O=TEST,CN=TEST RACINE ANCIENNE", TestPki.keys(), "SHA1withRSA");
        for (TestPki.Authority weak : List.of(weakKey, weakSignature)) {
            CertificateVerifier verifier = new CertificateVerifier(
                    new CertificateAuthorities(List.of(pki.root.certificate(), weak.certificate())), List::of);
            assertThat(outcome(verifier, leaf(pki.server(name).issuedBy(weak)))).isEqualTo(Outcome.CERTIFICATE_WEAK);
        }
        assertThat(verdict(
                        new CertificateVerifier(
                                new CertificateAuthorities(List.of(oldRoot.certificate())),
                                () -> List.of(pki.crl(oldRoot, NOW.minus(DAY), NOW.plus(DAY)))),
                        leaf(pki.server(name).issuedBy(oldRoot))))
                .isInstanceOf(CertificateVerdict.Valid.class);
    }

    private X509Certificate withKey(KeyPair keys) {
        return pki.issue(pki.server(name), keys, "SHA256withRSA").leaf();
    }

    private static KeyPair generated(String algorithm, AlgorithmParameterSpec parameters) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }

    private CertificateVerifier withLists(List<X509CRL> lists) {
        return new CertificateVerifier(pki.authorities(), () -> lists);
    }

    private X509Certificate leaf(TestPki.Request request) {
        return pki.issue(request).leaf();
    }

    private static CertificateVerdict verdict(CertificateVerifier verifier, X509Certificate certificate) {
        return verifier.verify(certificate, CertificateUse.TLS_CLIENT, NOW);
    }

    private static Outcome outcome(CertificateVerifier verifier, X509Certificate certificate) {
        CertificateVerdict verdict = verdict(verifier, certificate);
        assertThat(verdict).isInstanceOf(CertificateVerdict.NotValid.class);
        return ((CertificateVerdict.NotValid) verdict).outcome();
    }
}
