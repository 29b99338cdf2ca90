package org.mssante.dmp.bridge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.certs.SharedPki;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.dmp.cda.InsRules;

class TestRootsTest {
    private static final Path CERTS = SharedPki.folder();
    private static final X509Certificate MARKED =
            KeyMaterial.load(CERTS.resolve("bridge")).leaf();
    /** An authority's own certificate carries no mark. */
    private static final X509Certificate UNMARKED =
            PemFiles.certificatesOfFolder(CERTS.resolve("anchors")).get(0);

    @Test
    void testIdentitiesAreTakenWithACertificateOfTests() {
        assertThatCode(() -> TestRoots.check(accepting(Ins.NIR, Ins.NIR_TEST, Ins.NIR_DEMO), MARKED))
                .doesNotThrowAnyException();
    }

    @Test
    void productionDoesNotStartWhileATestRootIsAccepted() {
        for (Oid root : List.of(Ins.NIR_TEST, Ins.NIR_DEMO)) {
            assertThatThrownBy(() -> TestRoots.check(accepting(Ins.NIR, root), UNMARKED))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("ins.roots")
                    .hasMessageContaining(root.value());
        }
    }

    /** The names of IGC-Santé's authorities for organisations, of both branches. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR | true",
                "CN=AC IGC-SANTE ELEMENTAIRE ORGANISATIONS, OU=IGC-SANTE, OU=0002 187512751, O=ASIP-SANTE, C=FR | false",
                "CN=Authority, OU=IGC-SANTE TESTAMENTS, C=FR | false",
                "CN=\"OU=IGC-SANTE TEST, or not\", C=FR | false"
            })
    void aCertificateWithoutTheMarkIsOneOfTestsWhereAnAuthorityOfTheTestBranchIssuedIt(String issuer, boolean ofTests)
            throws Exception {
        X509Certificate certificate = issuedBy(new X500Principal(issuer));
        ThrowingCallable check = () -> TestRoots.check(accepting(Ins.NIR_TEST), certificate);
        if (ofTests) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check).isInstanceOf(StartupFailure.class);
        }
    }

    @Test
    void productionStartsWithItsOwnRoots() {
        assertThatCode(() -> TestRoots.check(accepting(Ins.NIR, Ins.NIA), UNMARKED))
                .doesNotThrowAnyException();
    }

    private static X509Certificate issuedBy(X500Principal issuer) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                issuer,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(60)),
                                new X500Principal("CN=Structure"),
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static InsRules accepting(Oid... roots) {
        return new InsRules(List.of(roots), true, Set.of(), true);
    }
}
