package org.mssante.server.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.MailDomain;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.server.trust.TrustListVerdict.Reason;

class TrustListVerifierTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final TestPki pki = new TestPki();
    private final KeyMaterial signer = TestTrustLists.signer(pki);
    private final KeyMaterial operator = pki.issue(pki.server(TestPki.dn("smtp.exemple.mssante.fr")));
    private final TrustListVerifier verifier = verifier(pki.verifier());

    @Test
    void readsTheRowsOfAValidList() {
        TrustList list = valid(list().with("b.mssante.fr", "CN=b,O=\"C H  B\",C=FR"));

        assertThat(list.generated()).isEqualTo(TestPki.NOW);
        assertThat(list.domainCount()).isEqualTo(2);
        assertThat(list.operatorsOf(new MailDomain("a.mssante.fr")).orElseThrow())
                .containsExactly(DistinguishedName.of(operator.leaf().getSubjectX500Principal()));
        assertThat(list.operatorsOf(new MailDomain("sub.a.mssante.fr"))).isEmpty();
        assertThat(list.operatorsOf(new MailDomain("mssante.fr"))).isEmpty();
    }

    @Test
    void severalRowsOfADomainAllCountAndDuplicatesOnce() {
        TrustList list =
                valid(list().with("a.mssante.fr", "CN=second,O=X,C=FR").with("a.mssante.fr", "CN=second,O=X,C=FR"));

        assertThat(list.operatorsOf(new MailDomain("a.mssante.fr")).orElseThrow())
                .hasSize(2);
        assertThat(list.rowCount()).isEqualTo(2);
    }

    @Test
    void skipsAndReportsARowWhoseNameCannotBeParsed() {
        TrustList list = valid(list().with("broken.mssante.fr", "no name at all"));

        assertThat(list.operatorsOf(new MailDomain("broken.mssante.fr"))).isEmpty();
        assertThat(list.operatorsOf(new MailDomain("a.mssante.fr"))).isPresent();
        assertThat(list.skipped()).singleElement().satisfies(row -> {
            assertThat(row.number()).isEqualTo(2);
            assertThat(row.domain()).isEqualTo("broken.mssante.fr");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another domain, >a.mssante.fr<, >b.mssante.fr<, SIGNATURE_WRONG",
        "another operator, CN=smtp.exemple, CN=smtp.pirate, SIGNATURE_WRONG",
        "another date, 2026-11-20T10:00:00Z</DateDeG, 2026-11-21T10:00:00Z</DateDeG, SIGNATURE_WRONG",
        "one blank more, <Domaine>, <Domaine> , SIGNATURE_WRONG",
        "SHA-1 signature, xmldsig-more#rsa-sha256, xmldsig#rsa-sha1, SIGNATURE_FORM",
        "RSA with SHA-512, xmldsig-more#rsa-sha256, xmldsig-more#rsa-sha512, SIGNATURE_FORM",
        "SHA-1 digest, xmlenc#sha256, xmldsig#sha1, SIGNATURE_FORM",
        "HMAC with the public key, xmldsig-more#rsa-sha256, xmldsig-more#hmac-sha256, SIGNATURE_FORM",
        "inclusive canonicalization, 2001/10/xml-exc-c14n#, TR/2001/REC-xml-c14n-20010315, SIGNATURE_FORM",
        "reference to an element, URI=\"\", URI=\"#part\", SIGNATURE_FORM",
        "another namespace, https://listeblanche.mssante.fr/schema, https://exemple.fr/schema, SIGNATURE_WRONG",
    })
    void refusesAListChangedAfterSigning(String change, String from, String to, Reason reason) {
        String original = text(list().signedBy(signer, TestPki.NOW));
        String changed = original.replace(from.strip(), to.strip() + (change.equals("one blank more") ? " " : ""));

        assertThat(changed).isNotEqualTo(original);
        assertThat(reason(changed.getBytes(UTF_8))).isEqualTo(reason);
    }

    /** The signed list moved into a corner of a forged one (XML signature wrapping). */
    @Test
    void refusesASignedListWrappedIntoAForgedOne() {
        String signed = withoutDeclaration(list().signedBy(signer, TestPki.NOW));
        String signature = signed.substring(signed.indexOf("<Signature"), signed.indexOf("</ListeBlancheMSSante>"));
        String forged = "<ListeBlancheMSSante xmlns=\"https://listeblanche.mssante.fr/schema\">"
                + "<DateDeGeneration>2026-11-20T10:00:00Z</DateDeGeneration><ListeDomaines><Domaine>"
                + "<Nom>pirate.fr</Nom><DNCertificatOperateur>CN=pirate,C=FR</DNCertificatOperateur>"
                + "</Domaine></ListeDomaines>";
        String end = "</ListeBlancheMSSante>";

        assertThat(reason((forged + "<Original>" + signed + "</Original>" + end).getBytes(UTF_8)))
                .isEqualTo(Reason.SIGNATURE_MISSING);
        assertThat(reason((forged + signature + end).getBytes(UTF_8))).isEqualTo(Reason.SIGNATURE_WRONG);
        assertThat(reason((forged + signature.replace("</KeyInfo>", "</KeyInfo><Object>" + signed + "</Object>") + end)
                        .getBytes(UTF_8)))
                .isEqualTo(Reason.SIGNATURE_MISSING);
        assertThat(reason((forged
                                + signature.replace(
                                        "</KeyInfo>",
                                        "</KeyInfo><Object>" + signed.replace(signature, "") + "</Object>")
                                + end)
                        .getBytes(UTF_8)))
                .isEqualTo(Reason.SIGNATURE_FORM);
    }

    @Test
    void refusesASignatureThatIsNotTheLastElementThoughItCoversTheSameContent() {
        String signed = text(list().signedBy(signer, TestPki.NOW));
        String signature = signed.substring(signed.indexOf("<Signature"), signed.indexOf("</ListeBlancheMSSante>"));
        String moved = signed.replace(signature, "").replace("<ListeDomaines>", signature + "<ListeDomaines>");

        assertThat(rejection(verifier, moved.getBytes(UTF_8)))
                .isEqualTo(new TrustListVerdict.Rejected(
                        Reason.SIGNATURE_FORM, "the signature is followed by ListeDomaines"));
    }

    @Test
    void refusesTwoSignaturesAndNone() {
        String signed = text(list().signedBy(signer, TestPki.NOW));
        String signature = signed.substring(signed.indexOf("<Signature"), signed.indexOf("</ListeBlancheMSSante>"));

        assertThat(reason(signed.replace(signature, signature + signature).getBytes(UTF_8)))
                .isEqualTo(Reason.SIGNATURE_MISSING);
        assertThat(reason(signed.replace(signature, "").getBytes(UTF_8))).isEqualTo(Reason.SIGNATURE_MISSING);
    }

    @Test
    void refusesADocumentTypeAndEntities() {
        String signed = withoutDeclaration(list().signedBy(signer, TestPki.NOW));
        String entity = "<!DOCTYPE ListeBlancheMSSante [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" + signed;

        assertThat(reason(entity.getBytes(UTF_8))).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void refusesATruncatedListWhereverItIsCut() {
        byte[] signed = list().signedBy(signer, TestPki.NOW);

        for (int length = 0; length < signed.length; length += 97) {
            assertThat(reason(java.util.Arrays.copyOf(signed, length))).isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void refusesAListLargerThanTheLimit() {
        byte[] signed = list().signedBy(signer, TestPki.NOW);
        TrustListVerifier exact = verifier(pki.verifier(), signed.length);
        TrustListVerifier oneLess = verifier(pki.verifier(), signed.length - 1);

        assertThat(exact.verify(signed, TestPki.NOW)).isInstanceOf(TrustListVerdict.Valid.class);
        assertThat(oneLess.verify(signed, TestPki.NOW)).isInstanceOf(TrustListVerdict.Rejected.class);
    }

    @Test
    void refusesASignerThatExpiredWasRevokedOrComesFromElsewhere() {
        TestPki.Request request = pki.signer(TestPki.dn(TestTrustLists.SIGNER_CN), "l@exemple.mssante.fr");
        KeyMaterial expired =
                pki.issue(request.inForce(TestPki.NOW.minus(DAY.multipliedBy(9)), TestPki.NOW.minus(DAY)));
        KeyMaterial foreign = pki.issue(request.issuedBy(pki.foreign));
        KeyMaterial somebodyElse = pki.issue(pki.signer(TestPki.dn("autre.mssante.fr"), "l@exemple.mssante.fr"));

        assertThat(reason(list().signedBy(expired, TestPki.NOW))).isEqualTo(Reason.SIGNER_EXPIRED);
        assertThat(reason(list().signedBy(foreign, TestPki.NOW))).isEqualTo(Reason.SIGNER_NOT_TRUSTED);
        assertThat(reason(list().signedBy(pki.issue(request, TestPki.keys(), "SHA1withRSA"), TestPki.NOW)))
                .isEqualTo(Reason.SIGNER_WEAK);
        assertThat(reason(list().signedBy(pki.issue(request.withKeyUsage(KeyUsage.keyEncipherment)), TestPki.NOW)))
                .isEqualTo(Reason.SIGNER_UNSUITABLE);
        assertThat(reason(list().signedBy(somebodyElse, TestPki.NOW))).isEqualTo(Reason.SIGNER_UNKNOWN);
        assertThat(rejection(verifier(pki.verifier(signer.leaf())), list().signedBy(signer, TestPki.NOW))
                        .reason())
                .isEqualTo(Reason.SIGNER_REVOKED);
        assertThat(rejection(
                                verifier(new CertificateVerifier(pki.authorities(), List::of)),
                                list().signedBy(signer, TestPki.NOW))
                        .reason())
                .isEqualTo(Reason.SIGNER_STATUS_UNKNOWN);
    }

    @Test
    void refusesTheRightNameFromAnotherIssuerThanTheConfiguredOne() {
        TrustListVerifier pinned = new TrustListVerifier(
                pki.verifier(),
                new ListSigner(
                        Optional.of(TestTrustLists.SIGNER_CN),
                        Optional.of(DistinguishedName.parse("CN=TEST RACINE,O=TEST,C=FR"))),
                TrustListVerifier.Limits.defaults());

        assertThat(rejection(pinned, list().signedBy(signer, TestPki.NOW)).reason())
                .isEqualTo(Reason.SIGNER_UNKNOWN);
    }

    @Test
    void refusesAListFromTheFutureBeyondTheTolerance() {
        Duration tolerance = TrustListVerifier.Limits.defaults().clockTolerance();

        assertThat(verifier.verify(list().signedBy(signer, TestPki.NOW.plus(tolerance)), TestPki.NOW))
                .isInstanceOf(TrustListVerdict.Valid.class);
        assertThat(reason(list().signedBy(signer, TestPki.NOW.plus(tolerance).plusSeconds(1))))
                .isEqualTo(Reason.GENERATED_IN_FUTURE);
    }

    @Test
    void refusesTheUnsignedTruncatedExcerptOfTheCorpus() throws IOException {
        String corpus = System.getProperty("mssante.corpus", "");
        Assumptions.assumeFalse(corpus.isEmpty(), "no corpus");
        byte[] excerpt = Files.readAllBytes(Path.of(corpus, "liste-blanche", "unsigned-contacts-masked-truncated.xml"));

        assertThat(reason(excerpt)).isEqualTo(Reason.UNREADABLE);
        String closed = new String(excerpt, UTF_8).strip();
        closed = closed.substring(0, closed.lastIndexOf("</Domaine>"))
                + "</Domaine></ListeDomaines></ListeBlancheMSSante>";
        assertThat(reason(closed.getBytes(UTF_8))).isEqualTo(Reason.SIGNATURE_MISSING);
    }

    @Test
    void readsTwentyThousandRows() {
        TestTrustLists many = new TestTrustLists();
        for (int i = 0; i < 20_000; i++) {
            many.with(
                    "domaine-" + i + ".mssante.fr",
                    "CN=smtp-" + i % 400 + ".fr,OU=1990000010,O=X " + i % 400 + ",C=FR");
        }
        byte[] bytes = many.signedBy(signer, TestPki.NOW);
        TrustListVerdict verdict = verifier.verify(bytes, TestPki.NOW);

        assertThat(((TrustListVerdict.Valid) verdict).list().domainCount()).isEqualTo(20_000);
    }

    private TestTrustLists list() {
        return new TestTrustLists().with("a.mssante.fr", operator);
    }

    private static TrustListVerifier verifier(CertificateVerifier certificates) {
        return verifier(certificates, TrustListVerifier.Limits.defaults().maxBytes());
    }

    private static TrustListVerifier verifier(CertificateVerifier certificates, int maxBytes) {
        return new TrustListVerifier(
                certificates,
                ListSigner.named(TestTrustLists.SIGNER_CN),
                new TrustListVerifier.Limits(maxBytes, Duration.ofHours(1)));
    }

    private TrustList valid(TestTrustLists list) {
        TrustListVerdict verdict = verifier.verify(list.signedBy(signer, TestPki.NOW), TestPki.NOW);
        assertThat(verdict).isInstanceOf(TrustListVerdict.Valid.class);
        return ((TrustListVerdict.Valid) verdict).list();
    }

    private Reason reason(byte[] bytes) {
        return rejection(verifier, bytes).reason();
    }

    private static TrustListVerdict.Rejected rejection(TrustListVerifier verifier, byte[] bytes) {
        TrustListVerdict verdict = verifier.verify(bytes, TestPki.NOW);
        assertThat(verdict).isInstanceOf(TrustListVerdict.Rejected.class);
        return (TrustListVerdict.Rejected) verdict;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String withoutDeclaration(byte[] bytes) {
        String text = text(bytes);
        return text.substring(text.indexOf("<ListeBlanche"));
    }
}
