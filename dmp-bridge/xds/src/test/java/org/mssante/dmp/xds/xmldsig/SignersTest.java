package org.mssante.dmp.xds.xmldsig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.tls.PemFiles;

/** What was found out about a certificate once is not asked again, except for what time changes. */
class SignersTest {
    private static final Path PKI = SharedPki.folder();

    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    @Test
    void whetherACertificateIsInForceIsAskedEachTime() {
        X509Certificate certificate = issued(TestAuthority.organisations(PKI), "one");
        Signers signers = signers(certificate);
        assertThat(signers.objection(certificate, now)).isEmpty();
        assertThat(signers.objection(
                        certificate, certificate.getNotAfter().toInstant().plusSeconds(1)))
                .hasValueSatisfying(why -> assertThat(why).endsWith("or in force"));
        assertThat(signers.objection(
                        certificate, certificate.getNotBefore().toInstant().minusSeconds(1)))
                .hasValueSatisfying(why -> assertThat(why).endsWith("or in force"));
        assertThat(signers.objection(certificate, now)).isEmpty();
    }

    @Test
    void aCertificateOfANamesakeIsNotTakenForOneThatIsKnown() {
        X509Certificate known = issued(TestAuthority.organisations(PKI), "known");
        X509Certificate forged = issued(TestAuthority.organisations(PKI).namesake(), "forged");
        Signers signers = signers(known);
        assertThat(forged.getSubjectX500Principal()).isEqualTo(known.getSubjectX500Principal());
        assertThat(signers.objection(forged, now)).isPresent();
        assertThat(signers.objection(known, now)).isEmpty();
        assertThat(signers.objection(forged, now)).isPresent();
    }

    private static Signers signers(X509Certificate certificate) {
        return new Signers(
                PemFiles.certificatesOfFolder(PKI.resolve("anchors")), Set.of(certificate.getSubjectX500Principal()));
    }

    private X509Certificate issued(TestAuthority authority, String name) {
        Subject seal = new Subject("Paris (75)", "AUTRE", StructureId.siret("99900002900010"), "CACHET");
        return authority.issue(folder.resolve(name), Profile.ORG_SIGN, seal, AlternativeNames.none(), now);
    }
}
