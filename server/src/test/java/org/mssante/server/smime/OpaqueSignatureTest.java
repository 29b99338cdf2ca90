package org.mssante.server.smime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.server.smime.SignatureVerdict.Fail;
import org.mssante.server.smime.SignatureVerdict.Pass;
import org.mssante.server.smime.SignatureVerdict.Reason;
import org.mssante.server.trust.TestPki;

/** application/pkcs7-mime, and the ways a CMS signature can be weak, doubled or without its certificate. */
class OpaqueSignatureTest {
    private final TestPki pki = new TestPki();
    private final KeyMaterial key = pki.issue(pki.signer(TestPki.dn("labo"), "labo@exemple.mssante.fr"));
    private final SignatureVerifier verifier = new CmsSignatureVerifier(pki.verifier(), 16 * 1024);

    @ParameterizedTest
    @CsvSource({"SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "SHA256withRSAandMGF1"})
    void signedDataPasses(String algorithm) throws Exception {
        assertThat(verdict(cms(algorithm, 1, true), "signed-data")).isInstanceOf(Pass.class);
    }

    @Test
    void signedDataLargerThanTheBudgetOfASignaturePassesAsContentIsNotHeld() throws Exception {
        assertThat(verdict(cms("SHA256withRSA", 100_000, true), "signed-data")).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"SHA1withRSA", "MD5withRSA", "SHA1withRSAandMGF1"})
    void weakAlgorithmsFail(String algorithm) throws Exception {
        assertThat(reason(cms(algorithm, 1, true))).isEqualTo(Reason.ALGORITHM_WEAK);
    }

    @Test
    void aSignatureWithoutItsCertificateFails() throws Exception {
        assertThat(reason(cms("SHA256withRSA", 1, false))).isEqualTo(Reason.SIGNER_MISSING);
    }

    @Test
    void twoSignersFail() throws Exception {
        assertThat(reason(generator("SHA256withRSA", true, 2)
                        .generate(new CMSProcessableByteArray(content(1)), true)
                        .getEncoded()))
                .isEqualTo(Reason.SEVERAL_SIGNERS);
    }

    @Test
    void contentChangedInsideFails() throws Exception {
        String encoded = new String(cms("SHA256withRSA", 1, true), ISO_8859_1);

        assertThat(reason(encoded.replace("Bonjour", "Bonsoir").getBytes(ISO_8859_1)))
                .isEqualTo(Reason.CONTENT_CHANGED);
    }

    /** Whatever a stranger sends as a signature, the message gets a verdict and is delivered. */
    @Test
    void aSignatureCutOffAnywhereFailsAndNeverThrows() throws Exception {
        byte[] whole = cms("SHA256withRSA", 1, true);

        for (int length = 1; length < whole.length; length += 37) {
            assertThat(reason(java.util.Arrays.copyOf(whole, length))).isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void garbageFailsAndEncryptedMessagesAreNotSigned() throws Exception {
        assertThat(reason(new byte[] {1, 2, 3})).isEqualTo(Reason.UNREADABLE);
        assertThat(verdict(new byte[] {1, 2, 3}, "enveloped-data")).isInstanceOf(SignatureVerdict.None.class);
    }

    private byte[] cms(String algorithm, int copies, boolean withCertificate) throws Exception {
        return generator(algorithm, withCertificate, 1)
                .generate(new CMSProcessableByteArray(content(copies)), true)
                .getEncoded();
    }

    private CMSSignedDataGenerator generator(String algorithm, boolean withCertificate, int signers) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        for (int i = 0; i < signers; i++) {
            generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                    .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                    .build(algorithm, key.key(), key.leaf()));
        }
        generator.addCertificates(new JcaCertStore(withCertificate ? key.chain() : List.of()));
        return generator;
    }

    private static byte[] content(int copies) {
        return ("Content-Type: text/plain\r\n\r\n" + "Bonjour\r\n".repeat(copies)).getBytes(ISO_8859_1);
    }

    private Reason reason(byte[] cms) throws Exception {
        SignatureVerdict verdict = verdict(cms, "signed-data");
        assertThat(verdict).isInstanceOf(Fail.class);
        return ((Fail) verdict).reason();
    }

    private SignatureVerdict verdict(byte[] cms, String smimeType) throws Exception {
        String message = "From: labo@exemple.mssante.fr\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: application/pkcs7-mime; smime-type=" + smimeType + "; name=smime.p7m\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(cms) + "\r\n";
        MimeMessage parsed = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(message.getBytes(ISO_8859_1)));
        return verifier.verify(parsed, TestPki.NOW);
    }
}
