package org.mssante.dmp.xds.xmldsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.AlternativeNames;
import org.mssante.certs.Profile;
import org.mssante.certs.SharedPki;
import org.mssante.certs.Subject;
import org.mssante.certs.TestAuthority;
import org.mssante.core.id.StructureId;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;

/** What may be wrong with a signing key is said in one sentence as the service starts. */
class SigningKeyTest {
    private static final Path PKI = SharedPki.folder();
    private static final String SECRET = "a secret";

    private final KeyMaterial seal = KeyMaterial.load(PKI.resolve("sign/bridge"));
    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    private Path password;

    @BeforeEach
    void writePassword() throws Exception {
        password = Files.writeString(folder.resolve("password"), SECRET + "\n");
    }

    @Test
    void theKeyLiesInAFolderOrInAPkcs12File() throws Exception {
        assertThat(new SigningKey(PKI.resolve("sign/bridge"), Optional.empty(), Optional.empty()).load(now))
                .isEqualTo(seal);
        assertThat(inFile(store("cachet", seal)).load(now)).isEqualTo(seal);
    }

    @Test
    void ofSeveralKeysOneIsNamed() throws Exception {
        Path file = store("one", seal, "other", KeyMaterial.load(PKI.resolve("bridge")));
        refused(inFile(file), "There are 2 private keys", "key.alias");
        assertThat(new SigningKey(file, Optional.of(password), Optional.of("ONE")).load(now))
                .isEqualTo(seal);
        refused(
                new SigningKey(file, Optional.of(password), Optional.of("third")),
                "no private key third",
                file.toString());
    }

    @Test
    void aWrongOrMissingPasswordIsSaid() throws Exception {
        Path file = store("cachet", seal);
        Path wrong = Files.writeString(folder.resolve("wrong"), "another");
        refused(
                new SigningKey(file, Optional.of(wrong), Optional.empty()),
                "The password in " + wrong + " is not that of the PKCS#12 file " + file);
        refused(new SigningKey(file, Optional.empty(), Optional.empty()), "needs its password", "key.password-file");
        refused(
                new SigningKey(file, Optional.of(folder.resolve("none")), Optional.empty()),
                "The file " + folder.resolve("none") + " cannot be read");
    }

    @Test
    void aFileThatIsNoneIsSaid() throws Exception {
        Path text = Files.writeString(folder.resolve("text.p12"), "no PKCS#12");
        refused(inFile(text), "The PKCS#12 file " + text + " cannot be read");
        refused(inFile(folder.resolve("absent.p12")), "absent.p12 cannot be read");
    }

    @Test
    void aCertificateOutsideItsTimeIsSaid() {
        Path expired = issued(Profile.ORG_SIGN, now.minus(Duration.ofDays(4 * 365)));
        refused(new SigningKey(expired, Optional.empty(), Optional.empty()), "expired on", expired.toString());
        Path early = issued(Profile.ORG_SIGN, now.plus(Duration.ofDays(3)));
        refused(new SigningKey(early, Optional.empty(), Optional.empty()), "is not in force before");
    }

    @Test
    void aCertificateThatIsNotForSignaturesIsSaid() {
        Path tls = issued(Profile.ORG_AUTH_CLI, now.minusSeconds(60));
        refused(
                new SigningKey(tls, Optional.empty(), Optional.empty()),
                "The certificate in " + tls + " is not one for signatures (nonRepudiation)");
    }

    @Test
    void aKeyThatIsNotThatOfItsCertificateIsSaid() throws Exception {
        Path one = issued(Profile.ORG_SIGN, now.minusSeconds(60));
        Path other = issued(Profile.ORG_SIGN, now.minusSeconds(60));
        Files.copy(
                other.resolve("cert.pem"), one.resolve("cert.pem"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused(
                new SigningKey(one, Optional.empty(), Optional.empty()),
                "The key in " + one + " is not that of the certificate beside it");
    }

    @Test
    void aPkcs11ProviderThatCannotBeSetUpIsSaid() throws Exception {
        Path none = folder.resolve("absent.cfg");
        refused(inFile(none), "The PKCS#11 provider cannot be set up from " + none);
        Path nonsense = Files.writeString(folder.resolve("nonsense.cfg"), "this = that");
        refused(inFile(nonsense), "The PKCS#11 provider cannot be set up from " + nonsense);
        Path absent = Files.writeString(
                folder.resolve("library.cfg"), "name = Absent\nlibrary = " + folder.resolve("absent.so") + "\n");
        refused(inFile(absent), "The PKCS#11 provider cannot be set up from " + absent);
        refused(new SigningKey(absent, Optional.empty(), Optional.empty()), "needs its PIN");
    }

    private void refused(SigningKey key, String... words) {
        assertThatThrownBy(() -> key.load(now))
                .isInstanceOf(StartupFailure.class)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains(words)
                        .endsWith(".")
                        .doesNotContain("\n", SECRET)
                        .isASCII());
    }

    private SigningKey inFile(Path file) {
        return new SigningKey(file, Optional.of(password), Optional.empty());
    }

    private Path issued(Profile profile, Instant at) {
        Path home = folder.resolve(Long.toString(System.nanoTime()));
        Subject subject = new Subject(
                "Paris (75)", "OPERATEUR DEMO MSSANTE", StructureId.siret("99900001100018"), "CACHET-PASSERELLE-DMP");
        TestAuthority.organisations(PKI).issue(home, profile, subject, AlternativeNames.none(), at);
        return home;
    }

    private Path store(String name, KeyMaterial key) throws Exception {
        return store(name, key, name, key);
    }

    private Path store(String name, KeyMaterial key, String other, KeyMaterial more) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, SECRET.toCharArray());
        store.setKeyEntry(name, key.key(), SECRET.toCharArray(), key.chain().toArray(X509Certificate[]::new));
        store.setKeyEntry(other, more.key(), SECRET.toCharArray(), more.chain().toArray(X509Certificate[]::new));
        Path file = folder.resolve(name + "-" + other + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, SECRET.toCharArray());
        }
        return file;
    }
}
