package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Event;

/** What is known of revocations when lists come over HTTP, a responder answers, or nobody does. */
class RevocationTest {
    private static final MailDomain DOMAIN = new MailDomain("a.mssante.fr");
    private static final String CRL = "/CRL/organisations.crl";
    private static final String OCSP = "/ocsp";
    private static final byte[] CHALLENGE_PAGE = "<html>Incapsula</html>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final TestPki pki = new TestPki();
    private final TestPki.Authority signers =
            TestPki.below(pki.root, "C=FR,O=TEST,CN=TEST SIGNATAIRES", TestPki.keys());
    private final TestWebServer web = TestWebServer.http();
    private final TestResponder responder = new TestResponder(pki.organisations);
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));
    private final KeyMaterial pointing = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr"))
            .pointingTo(web.address(CRL).toString(), web.address(OCSP).toString()));
    private final RecordedTrace trace = new RecordedTrace();
    private Instant now = TestPki.NOW;

    @BeforeEach
    void layOut() throws IOException {
        pki.writeAnchors(folder.resolve("anchors"));
        pki.writeRevocationLists(folder.resolve("crl"));
        Files.write(
                folder.resolve("list.xml"),
                new TestTrustLists()
                        .with(DOMAIN.name(), operator)
                        .signedBy(
                                pki.issue(pki.signer(
                                                TestPki.dn(TestTrustLists.SIGNER_CN), "listeblanche@exemple.mssante.fr")
                                        .issuedBy(signers)),
                                TestPki.NOW));
        TestPki.write(
                folder.resolve("anchors/signers.pem"),
                TestPki.pem("CERTIFICATE", TestPki.encoded(signers.certificate())));
        TestPki.write(
                folder.resolve("crl/signers.crl"),
                TestPki.pem("X509 CRL", TestPki.encoded(pki.crl(signers, now, now.plusSeconds(99_999)))));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void takesAListFromAConfiguredAddressAndARevocationCountsForTheNextMessage() {
        web.put(CRL, crl(0, 7));
        try (TrustService service = start(settings().revocationListsAt(web.address(CRL)))) {
            await().until(() -> inbound(service, operator).isAccepted());
            web.put(CRL, crl(0, 8, operator));

            await().until(() -> !inbound(service, operator).isAccepted());
            assertThat(outcome(inbound(service, operator))).hasValue(Outcome.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void theFetchedListSurvivesARestartAndTheDeathOfItsHost() {
        web.put(CRL, crl(0, 7, operator));
        TestTrustSettings settings = settings().revocationListsAt(web.address(CRL));
        try (TrustService service = start(settings)) {
            await().until(() -> !inbound(service, operator).isAccepted());
        }
        web.goDown();

        try (TrustService service = start(settings)) {
            assertThat(outcome(inbound(service, operator))).hasValue(Outcome.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void aChallengePageOrAForeignListNeverReplacesTheLastList() {
        web.put(CRL, crl(0, 7, operator));
        try (TrustService service = start(settings().revocationListsAt(web.address(CRL)))) {
            await().until(() -> !inbound(service, operator).isAccepted());
            web.put(CRL, CHALLENGE_PAGE);
            awaitAnotherQuestion();
            web.put(CRL, TestPki.encoded(pki.crl(pki.foreign, TestPki.NOW, TestPki.NOW.plusSeconds(99_999))));
            awaitAnotherQuestion();

            assertThat(outcome(inbound(service, operator))).hasValue(Outcome.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void aListOfChangesSinceAnotherNeverTakesItsPlace() {
        web.put(CRL, crl(0, 7, operator));
        try (TrustService service = start(settings().revocationListsAt(web.address(CRL)))) {
            await().until(() -> !inbound(service, operator).isAccepted());
            web.put(
                    CRL,
                    TestPki.encoded(
                            pki.deltaCrl(pki.organisations, 1, TestPki.NOW, TestPki.NOW.plus(Duration.ofDays(9)))));
            awaitAnotherQuestion();

            assertThat(outcome(inbound(service, operator))).hasValue(Outcome.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void anExpiredListMeansLaterAndNeverYes() throws IOException {
        onlyTheRootHasAList();
        web.put(CRL, crl(-9, -1));
        try (TrustService service = start(settings().revocationListsAt(web.address(CRL)))) {
            await().until(() -> trace.of(Event.REVOCATION_LIST_LOADED).size() > 1);

            assertThat(outcome(inbound(service, operator))).hasValue(Outcome.REVOCATION_UNKNOWN);
            assertThat(inbound(service, operator)).isInstanceOf(TrustDecision.RetryLater.class);
            assertThat(outcome(service.space().outbound(operator.chain(), DOMAIN)))
                    .hasValue(Outcome.REVOCATION_UNKNOWN);
        }
    }

    @Test
    void fetchesTheListACertificateNamesOnceItMeetsOne() throws IOException {
        onlyTheRootHasAList();
        web.put(CRL, crl(0, 7));
        try (TrustService service = start(settings().withoutOcsp())) {
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);

            await().until(() -> inbound(service, pointing).isAccepted());
        }
    }

    @Test
    void aSelfMadeCertificateSendsUsNowhere() throws IOException {
        onlyTheRootHasAList();
        KeyMaterial foreign = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr"))
                .issuedBy(pki.foreign)
                .pointingTo(
                        web.address("/trap.crl").toString(),
                        web.address("/trap").toString()));
        try (TrustService service = start(settings())) {
            assertThat(outcome(inbound(service, foreign))).hasValue(Outcome.CERTIFICATE_NOT_TRUSTED);
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            await().until(() -> !web.asked().isEmpty());
        }
        assertThat(web.asked()).noneMatch(question -> question.contains("trap"));
    }

    @Test
    void anOcspAnswerTellsWhereNoListDoes() throws IOException {
        onlyTheRootHasAList();
        web.answer(OCSP, responder);
        try (TrustService service = start(settings())) {
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            await().until(() -> inbound(service, pointing).isAccepted());
            responder.revoke(pointing.leaf().getSerialNumber());

            await().until(() -> !inbound(service, pointing).isAccepted());
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void theConfiguredResponderIsAskedInPlaceOfTheOneNamed() throws IOException {
        onlyTheRootHasAList();
        web.answer("/ours", responder);
        try (TrustService service = start(settings().responderAt(web.address("/ours")))) {
            await().until(() -> inbound(service, pointing).isAccepted());
        }
        assertThat(web.asked()).noneMatch(question -> question.startsWith("POST " + OCSP));
    }

    @Test
    void aResponderThatIsDownExpiredOrSomebodyElseMeansLaterAndNeverYes() throws IOException {
        onlyTheRootHasAList();
        for (TestResponder bad : List.of(new TestResponder(pki.foreign), expired(), new TestResponder(pki.root))) {
            web.answer(OCSP, bad);
            try (TrustService service = start(settings())) {
                assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
                awaitAnotherQuestion();
                assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            }
        }
        web.goDown();
        try (TrustService service = start(settings())) {
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            awaitAnotherQuestion();
            assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
        }
    }

    @Test
    void aFailingAddressIsLeftAloneAndAskedByOneAtATime() throws IOException {
        onlyTheRootHasAList();
        web.goDown();
        try (TrustService service = start(settings().backingOff(Duration.ofHours(1)))) {
            for (int i = 0; i < 50; i++) {
                assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            }
            await().until(() -> web.asked().size() >= 2);
            for (int i = 0; i < 50; i++) {
                assertThat(outcome(inbound(service, pointing))).hasValue(Outcome.REVOCATION_UNKNOWN);
            }
        }
        assertThat(web.asked()).containsExactlyInAnyOrder("GET " + CRL + " 503", "POST " + OCSP + " 503");
    }

    @Test
    void whatIsMissingIsFetchedWhileThePeerSaysHello() throws IOException {
        onlyTheRootHasAList();
        web.answer(OCSP, responder);
        try (TrustService service = start(settings())) {
            service.space().expect(pointing.chain());
            await().until(() -> web.asked().contains("POST " + OCSP + " 200"));

            await().until(() -> inbound(service, pointing).isAccepted());
        }
    }

    @Test
    void aRevokedAuthorityHelpsNoCertificateWhateverTheResponderSays() throws IOException {
        Files.delete(folder.resolve("crl/organisations.crl"));
        TestPki.write(
                folder.resolve("crl/root.crl"),
                TestPki.pem(
                        "X509 CRL",
                        TestPki.encoded(pki.crl(
                                pki.root,
                                TestPki.NOW.minusSeconds(9),
                                TestPki.NOW.plusSeconds(9_999),
                                pki.organisations.certificate()))));
        web.answer(OCSP, responder);
        CertificateVerifier verifier = new CertificateVerifier(pki::authorities, new RevocationEvidence() {
            private final Collection<X509CRL> lists = RevocationLists.open(
                            List.of(folder.resolve("crl")), pki::authorities, trace)
                    .get();

            @Override
            public Collection<X509CRL> lists() {
                return lists;
            }

            @Override
            public Optional<byte[]> ocspAnswer(X509Certificate certificate, X509Certificate issuer) {
                return Optional.of(new byte[] {1});
            }

            @Override
            public void missing(X509Certificate certificate, X509Certificate issuer) {
                throw new AssertionError("a revoked authority is a known status");
            }
        });

        assertThat(verifier.verify(operator.leaf(), CertificateUse.TLS_CLIENT, TestPki.NOW))
                .isInstanceOfSatisfying(
                        CertificateVerdict.NotValid.class,
                        bad -> assertThat(bad.outcome()).isEqualTo(Outcome.CERTIFICATE_REVOKED));
    }

    @Test
    void aFirstStartWaitsForTheRevocationListOfTheSigner() throws IOException {
        Files.delete(folder.resolve("crl/signers.crl"));
        web.put("/signers.crl", TestPki.encoded(pki.crl(signers, now, now.plusSeconds(99_999))));
        try (TrustService service = start(settings().revocationListsAt(web.address("/signers.crl")))) {
            assertThat(service.space().domain(DOMAIN).isAccepted()).isTrue();
        }
    }

    @Test
    void newAnchorsCountWithoutARestart() {
        KeyMaterial elsewhere =
                pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")).issuedBy(pki.foreign));
        try (TrustService service = start(settings())) {
            assertThat(outcome(inbound(service, elsewhere))).hasValue(Outcome.CERTIFICATE_NOT_TRUSTED);
            TestPki.write(folder.resolve("anchors/broken.pem"), "garbage");
            TestPki.write(
                    folder.resolve("crl/foreign-root.crl"),
                    TestPki.pem("X509 CRL", TestPki.encoded(pki.crl(pki.foreignRoot, now, now.plusSeconds(9_999)))));
            TestPki.write(
                    folder.resolve("crl/foreign.crl"),
                    TestPki.pem("X509 CRL", TestPki.encoded(pki.crl(pki.foreign, now, now.plusSeconds(9_999)))));
            assertThat(inbound(service, operator).isAccepted()).isTrue();
            TestPki.write(
                    folder.resolve("anchors/broken.pem"),
                    TestPki.pem("CERTIFICATE", TestPki.encoded(pki.foreignRoot.certificate()))
                            + TestPki.pem("CERTIFICATE", TestPki.encoded(pki.foreign.certificate())));

            await().until(() -> inbound(service, elsewhere).isAccepted());
        }
    }

    private TestResponder expired() {
        TestResponder bad = new TestResponder(pki.organisations);
        bad.answersInForce(now.minus(Duration.ofDays(3)), now.minus(Duration.ofDays(1)));
        return bad;
    }

    private void awaitAnotherQuestion() {
        int before = web.asked().size();
        await().until(() -> web.asked().size() > before + 1);
    }

    /** The operators' authority has none; that of the list's signer has. */
    private void onlyTheRootHasAList() throws IOException {
        Files.delete(folder.resolve("crl/organisations.crl"));
    }

    private byte[] crl(int fromDay, int untilDay, KeyMaterial... revoked) {
        return TestPki.encoded(pki.crl(
                pki.organisations,
                now.plus(Duration.ofDays(fromDay)).minusSeconds(1),
                now.plus(Duration.ofDays(untilDay)),
                List.of(revoked).stream().map(KeyMaterial::leaf).toArray(X509Certificate[]::new)));
    }

    private static TrustDecision inbound(TrustService service, KeyMaterial peer) {
        return service.space().inbound(peer.chain(), Optional.of(DOMAIN));
    }

    private static Optional<Outcome> outcome(TrustDecision decision) {
        if (decision instanceof TrustDecision.Refused refused) {
            return Optional.of(refused.outcome());
        }
        return decision instanceof TrustDecision.RetryLater later ? Optional.of(later.outcome()) : Optional.empty();
    }

    private TestTrustSettings settings() {
        return new TestTrustSettings(folder).withoutWaits();
    }

    private TrustService start(TestTrustSettings settings) {
        return TrustService.start(settings.settings(), trace, Clock.fixed(now, ZoneOffset.UTC));
    }
}
