package org.mssante.certs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.mssante.core.tls.KeyMaterial;

/**
 * Certificates and revocation lists that a test wants besides those of the {@link DevelopmentPki}: of other subjects, other
 * times, other authorities. Leaves have elliptic keys, which cost next to nothing.
 */
public final class TestAuthority {
    private static final String ROOT = "authority/root";
    private static final String ORGANISATIONS = "authority/organisations";

    private final SecureRandom random = new SecureRandom();
    private final KeyMaterial material;
    private final Authority authority;

    private TestAuthority(KeyMaterial material) {
        this.material = material;
        this.authority = new Authority(material, random);
    }

    /** The one that issues to organisations in a development PKI. */
    public static TestAuthority organisations(Path pki) {
        return new TestAuthority(KeyMaterial.load(pki.resolve(ORGANISATIONS)));
    }

    /** Another one below the root of a development PKI, and among its anchors. */
    public static TestAuthority another(Path pki, String commonName) {
        SecureRandom random = new SecureRandom();
        Authority root = new Authority(KeyMaterial.load(pki.resolve(ROOT)), random);
        return make(() -> {
            KeyMaterial material = root.issueAuthority(
                    new X500Name("C=FR,O=MSSANTE DEMONSTRATION,CN=" + commonName),
                    new RsaKeys(random).next(),
                    Instant.now());
            PemFolder.write(
                    pki.resolve("anchors").resolve(commonName.replaceAll("[^A-Za-z0-9]", "-") + ".pem"),
                    PemFolder.certificates(List.of(material.leaf())));
            return new TestAuthority(material);
        });
    }

    /** A stranger that calls itself like this one and has another key. */
    public TestAuthority namesake() {
        X500Name name = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        return make(() -> new TestAuthority(Authority.root(name, new RsaKeys(random).next(), Instant.now(), random)));
    }

    /**
     * Issues a certificate for three years.
     *
     * @param home gets cert.pem and key.pem
     * @param at when it is issued; more than three years ago for one that has expired
     */
    public X509Certificate issue(Path home, Profile profile, Subject subject, AlternativeNames names, Instant at) {
        return make(() -> {
            KeyMaterial issued = authority.issue(
                    new PlannedCertificate(home.toString(), profile, subject, names), ellipticKeys(), at);
            PemFolder.store(home, issued);
            return issued.leaf();
        });
    }

    /** A server's certificate with no other names than the host's own and those of the loopback interface. */
    public X509Certificate issueServer(Path home, Subject subject, Instant at) {
        return issue(home, Profile.SERV_SSL, subject, AlternativeNames.server(subject.commonName()), at);
    }

    /** Publishes the list of what it has revoked, in force for three years from {@code at}. */
    public void publish(Path file, Instant at, X509Certificate... revoked) {
        make(() -> {
            PemFolder.write(
                    file,
                    PemFolder.revocationList(
                            authority.revocationList(List.of(revoked), at).getEncoded()));
            return file;
        });
    }

    /** Puts its own certificate and key into a folder, for programs that speak in its name. */
    public void store(Path home) {
        make(() -> {
            PemFolder.store(home, material);
            return home;
        });
    }

    private KeyPair ellipticKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** What cannot fail in a test without the test being wrong. */
    @FunctionalInterface
    private interface Making<T> {
        T make() throws GeneralSecurityException, OperatorCreationException, IOException;
    }

    private static <T> T make(Making<T> making) {
        try {
            return making.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the certificates of a test cannot be made", e);
        }
    }
}
