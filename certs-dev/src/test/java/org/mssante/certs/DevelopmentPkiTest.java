package org.mssante.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;

/** The tests that change nothing share one PKI; the others make their own. */
class DevelopmentPkiTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private static Path shared;

    @TempDir
    private Path own;

    @BeforeAll
    static void makePki() {
        new DevelopmentPki(shared, CLOCK).complete();
    }

    @Test
    void everyCertificateHasAValidPathToTheRoot() throws GeneralSecurityException {
        for (PlannedCertificate planned : DemonstrationPlan.certificates()) {
            if (!planned.folder().equals("revoked")) {
                validate(shared, chain(planned.folder()), NOW);
            }
        }
    }

    @Test
    void theRevocationListNamesTheRevokedCertificateAndNoOther() throws GeneralSecurityException {
        assertThatThrownBy(() -> validate(shared, chain("revoked"), NOW))
                .isInstanceOfSatisfying(
                        CertPathValidatorException.class,
                        e -> assertThat(e.getReason()).isEqualTo(CertPathValidatorException.BasicReason.REVOKED));
        assertThat(PemFiles.crl(shared.resolve("crl/organisations.crl")).getRevokedCertificates())
                .hasSize(1);
        assertThat(PemFiles.crl(shared.resolve("crl/root.crl")).getRevokedCertificates())
                .isNull();
    }

    @Test
    void subjectsAreEncodedSoThatTheirRfc2253FormIsTheOneOfTheTrustList() {
        assertThat(subject("operator"))
                .isEqualTo("CN=smtp.demo.mssante.fr,OU=399900001100018,O=OPERATEUR DEMO MSSANTE,ST=Paris (75),C=FR");
        assertThat(subject("operator-b"))
                .isEqualTo("CN=smtp.chu-exemple.mssante.fr,OU=1990000010,O=CHU EXEMPLE,ST=Paris (75),C=FR");
        assertThat(subject("clients/labo.test@demo.mssante.fr"))
                .isEqualTo("CN=SIL-LABO-TEST,OU=399900002900010,O=LABORATOIRE TEST,ST=Paris (75),C=FR");
    }

    @Test
    void everyKeyBelongsToItsCertificate() throws GeneralSecurityException {
        for (PlannedCertificate planned : DemonstrationPlan.certificates()) {
            KeyMaterial material = KeyMaterial.load(shared.resolve(planned.folder()));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(material.key());
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(material.leaf().getPublicKey());
            signature.update((byte) 1);
            assertThat(signature.verify(signed)).as(planned.folder()).isTrue();
        }
    }

    @Test
    void certificatesHaveTheUsesOfTheirProfile() throws GeneralSecurityException {
        X509Certificate operator = leaf("operator");
        assertThat(operator.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(alternativeNames(operator))
                .contains("localhost", "127.0.0.1", "smtp.demo.mssante.fr", "imap.demo.mssante.fr");
        X509Certificate signer = leaf("list-signer");
        assertThat(signer.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.4");
        assertThat(uses(signer)).containsExactly(0, 1);
        X509Certificate client = leaf("clients/labo.test@demo.mssante.fr");
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(uses(client)).containsExactly(0);
        assertThat(alternativeNames(leaf("smime/labo.test@demo.mssante.fr")))
                .containsExactly("labo.test@demo.mssante.fr");
    }

    @Test
    void everyCertificateLivesThreeYearsAndIsMarkedAsTest() {
        for (PlannedCertificate planned : DemonstrationPlan.certificates()) {
            X509Certificate leaf = leaf(planned.folder());
            assertThat(leaf.getNotAfter()).isEqualTo(Date.from(Instant.parse("2029-11-20T10:00:00Z")));
            // the extension's value is the DER of an octet string 04 01 83 inside the octet string of the extension
            assertThat(HexFormat.of().formatHex(leaf.getExtensionValue("1.2.250.1.71.1.2.5")))
                    .isEqualTo("0403040183");
        }
    }

    @Test
    void noKeyIsReadableByGroupOrWorld() throws IOException {
        try (Stream<Path> files = Files.walk(shared)) {
            List<Path> keys = files.filter(file -> file.endsWith("key.pem")).toList();
            assertThat(keys).hasSize(DemonstrationPlan.certificates().size() + 2);
            for (Path key : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .as(key.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        Map<Path, byte[]> before = content(shared);
        PkiReport report = new DevelopmentPki(shared, Clock.offset(CLOCK, Duration.ofDays(30))).complete();
        assertThat(report.changedNothing()).isTrue();
        assertThat(content(shared)).containsExactlyEntriesOf(before);
    }

    @Test
    void completesWhatAnInterruptedRunLeftUnfinished() throws IOException, GeneralSecurityException {
        new DevelopmentPki(own, CLOCK).complete();
        Files.delete(own.resolve("bridge/cert.pem"));
        Files.writeString(own.resolve("bridge/cert.pem.unfinished"), "-----BEGIN");
        Files.delete(own.resolve("trust-list.xml"));
        PkiReport report = new DevelopmentPki(own, CLOCK).complete();
        assertThat(report.made()).containsExactly("bridge", "trust-list.xml");
        validate(own, PemFiles.certificates(own.resolve("bridge/cert.pem")), NOW);
    }

    @Test
    void makesAnewWhatAnotherAuthoritySignedOrWhatHasExpired() throws IOException, GeneralSecurityException {
        PkiReport first = new DevelopmentPki(own, CLOCK).complete();
        Files.delete(own.resolve("authority/organisations/cert.pem"));
        PkiReport second = new DevelopmentPki(own, CLOCK).complete();
        assertThat(second.kept()).containsExactly("authority/root", "crl/root.crl");

        Instant later = Instant.parse("2030-01-01T00:00:00Z");
        PkiReport third = new DevelopmentPki(own, Clock.fixed(later, ZoneOffset.UTC)).complete();
        assertThat(third.kept()).containsExactly("authority/root", "authority/organisations");
        assertThat(first.kept()).isEmpty();
        validate(own, PemFiles.certificates(own.resolve("operator/cert.pem")), later);
    }

    @Test
    void replaceMakesANewPki() throws IOException {
        new DevelopmentPki(own.resolve("certs"), CLOCK).complete();
        byte[] root = Files.readAllBytes(own.resolve("certs/anchors/root.pem"));
        PkiReport report = new DevelopmentPki(own.resolve("certs"), CLOCK).replace();
        assertThat(report.kept()).isEmpty();
        assertThat(Files.readAllBytes(own.resolve("certs/anchors/root.pem"))).isNotEqualTo(root);
        assertThat(own.resolve("certs.discarded")).doesNotExist();
    }

    private static void validate(Path pki, List<X509Certificate> chain, Instant at) throws GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        X509Certificate root =
                PemFiles.certificates(pki.resolve("anchors/root.pem")).get(0);
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setDate(Date.from(at));
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(CertStore.getInstance(
                "Collection",
                new CollectionCertStoreParameters(List.of(
                        PemFiles.crl(pki.resolve("crl/root.crl")),
                        PemFiles.crl(pki.resolve("crl/organisations.crl"))))));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private static List<X509Certificate> chain(String home) {
        return PemFiles.certificates(shared.resolve(home).resolve("cert.pem"));
    }

    private static X509Certificate leaf(String home) {
        return chain(home).get(0);
    }

    private static String subject(String home) {
        return leaf(home).getSubjectX500Principal().getName("RFC2253");
    }

    private static List<Object> alternativeNames(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .<Object>map(name -> name.get(1))
                .toList();
    }

    private static List<Integer> uses(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        return Stream.iterate(0, bit -> bit < bits.length, bit -> bit + 1)
                .filter(bit -> bits[bit])
                .toList();
    }

    private static Map<Path, byte[]> content(Path folder) throws IOException {
        Map<Path, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(file, Files.readAllBytes(file));
            }
        }
        return content;
    }
}
