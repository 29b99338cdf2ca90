package org.mssante.server.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.mssante.core.tls.KeyMaterial;

/** A private PKI whose certificates can be broken in one way each. Leaves share one key: only names and issuers count. */
@SuppressWarnings("JavaUtilDate") // BouncyCastle's builders take java.util.Date
public final class TestPki {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static final String SIGNATURE = "SHA256withRSA";
    private static final Provider EVERY_ALGORITHM = new BouncyCastleProvider();
    private static final KeyPair ROOT_KEYS = keys();
    private static final KeyPair ORGANISATIONS_KEYS = keys();
    private static final KeyPair FOREIGN_KEYS = keys();
    private static final KeyPair LEAF_KEYS = keys();
    private static final AtomicLong SERIALS = new AtomicLong(1000);

    public final Authority root = root("C=FR,O=TEST,CN=TEST RACINE", ROOT_KEYS);
    public final Authority organisations = below(root, "C=FR,O=TEST,CN=TEST ORGANISATIONS", ORGANISATIONS_KEYS);
    /** Another world that copies every name of ours. */
    public final Authority foreignRoot = root("C=FR,O=TEST,CN=TEST RACINE", FOREIGN_KEYS);

    public final Authority foreign = below(foreignRoot, "C=FR,O=TEST,CN=TEST ORGANISATIONS", FOREIGN_KEYS);

    /** An authority and its key. */
    public record Authority(X509Certificate certificate, KeyPair keys) {}

    /** A certificate to be issued; start from {@link #server} or {@link #signer}. */
    public record Request(
            String subject,
            Authority issuer,
            Instant from,
            Instant until,
            int keyUsage,
            List<KeyPurposeId> purposes,
            Optional<String> mailbox,
            List<String> addresses) {

        public Request issuedBy(Authority other) {
            return new Request(subject, other, from, until, keyUsage, purposes, mailbox, addresses);
        }

        public Request inForce(Instant start, Instant end) {
            return new Request(subject, issuer, start, end, keyUsage, purposes, mailbox, addresses);
        }

        /** Names where its status can be asked. */
        public Request pointingTo(String list, String responder) {
            return new Request(subject, issuer, from, until, keyUsage, purposes, mailbox, List.of(list, responder));
        }

        public Request withPurposes(KeyPurposeId... others) {
            return new Request(subject, issuer, from, until, keyUsage, List.of(others), mailbox, addresses);
        }

        public Request withKeyUsage(int other) {
            return new Request(subject, issuer, from, until, other, purposes, mailbox, addresses);
        }
    }

    public static String dn(String commonName) {
        return "C=FR,ST=Paris (75),O=ORGANISATION EXEMPLE,OU=399900001100018,CN=" + commonName;
    }

    /** SERV SSL. */
    public Request server(String subject) {
        return new Request(
                subject,
                organisations,
                NOW.minus(Duration.ofDays(30)),
                NOW.plus(Duration.ofDays(365)),
                KeyUsage.digitalSignature | KeyUsage.keyEncipherment,
                List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
                Optional.empty(),
                List.of());
    }

    /** SERV S/MIME: signs lists and messages. */
    public Request signer(String subject, String mailbox) {
        return new Request(
                subject,
                organisations,
                NOW.minus(Duration.ofDays(30)),
                NOW.plus(Duration.ofDays(365)),
                KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
                List.of(KeyPurposeId.id_kp_emailProtection),
                Optional.of(mailbox),
                List.of());
    }

    public KeyMaterial issue(Request request) {
        return issue(request, LEAF_KEYS, SIGNATURE);
    }

    /** The same with other keys, signed with another algorithm: both may be weak. */
    public KeyMaterial issue(Request request, KeyPair keys, String algorithm) {
        try {
            X509v3CertificateBuilder builder =
                    builder(request.issuer(), new X500Name(request.subject()), keys, request.from(), request.until());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(request.keyUsage()));
            if (!request.purposes().isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(request.purposes().toArray(KeyPurposeId[]::new)));
            }
            List<GeneralName> names = new ArrayList<>();
            request.mailbox().ifPresent(address -> names.add(new GeneralName(GeneralName.rfc822Name, address)));
            names.add(new GeneralName(GeneralName.dNSName, "localhost"));
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            if (!request.addresses().isEmpty()) {
                addAddresses(
                        builder, request.addresses().get(0), request.addresses().get(1));
            }
            return new KeyMaterial(
                    keys.getPrivate(),
                    List.of(
                            signed(builder, request.issuer().keys(), algorithm),
                            request.issuer().certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAddresses(X509v3CertificateBuilder builder, String list, String responder)
            throws IOException {
        // an LDAP address first, as the national authorities write it: nobody may follow it
        DistributionPointName ldap = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "ldap://127.0.0.1:1/cn=crl")));
        DistributionPointName web = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, list)));
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(ldap, null, null), new DistributionPoint(web, null, null)
        }));
        builder.addExtension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                        AccessDescription.id_ad_ocsp,
                        new GeneralName(GeneralName.uniformResourceIdentifier, responder)));
    }

    /** A certificate nobody issued but itself. */
    public KeyMaterial selfSigned(String subject) {
        return new KeyMaterial(
                LEAF_KEYS.getPrivate(),
                List.of(signed(
                        new JcaX509v3CertificateBuilder(
                                new X500Name(subject),
                                serial(),
                                Date.from(NOW.minus(Duration.ofDays(1))),
                                Date.from(NOW.plus(Duration.ofDays(1))),
                                new X500Name(subject),
                                LEAF_KEYS.getPublic()),
                        LEAF_KEYS)));
    }

    /** An empty list of each authority and one of the issuer's with these certificates, in force for a week. */
    public List<X509CRL> revoking(X509Certificate... revoked) {
        return List.of(
                crl(root, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(7))),
                crl(organisations, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(7)), revoked));
    }

    public X509CRL crl(Authority issuer, Instant from, Instant until, X509Certificate... revoked) {
        return crl(issuer, OptionalLong.empty(), from, until, revoked);
    }

    /** @param number of the list (RFC 5280 §5.2.3) */
    X509CRL crl(Authority issuer, OptionalLong number, Instant from, Instant until, X509Certificate... revoked) {
        return crl(issuer, number, Optional.empty(), from, until, revoked);
    }

    /** @param key how the list names the key it is signed with (RFC 5280 §5.2.1) */
    X509CRL crl(
            Authority issuer,
            OptionalLong number,
            Optional<AuthorityKeyIdentifier> key,
            Instant from,
            Instant until,
            X509Certificate... revoked) {
        return crl(issuer, number, key, OptionalLong.empty(), from, until, revoked);
    }

    /** What changed since the list of that number (RFC 5280 §5.2.4). */
    X509CRL deltaCrl(Authority issuer, long since, Instant from, Instant until) {
        return crl(issuer, OptionalLong.of(since + 1), Optional.empty(), OptionalLong.of(since), from, until);
    }

    private static X509CRL crl(
            Authority issuer,
            OptionalLong number,
            Optional<AuthorityKeyIdentifier> key,
            OptionalLong since,
            Instant from,
            Instant until,
            X509Certificate... revoked) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name(issuer), Date.from(from));
            if (since.isPresent()) {
                builder.addExtension(
                        Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(since.getAsLong())));
            }
            if (number.isPresent()) {
                builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number.getAsLong())));
            }
            if (key.isPresent()) {
                builder.addExtension(Extension.authorityKeyIdentifier, false, key.get());
            }
            builder.setNextUpdate(Date.from(until));
            for (X509Certificate certificate : revoked) {
                builder.addCRLEntry(certificate.getSerialNumber(), Date.from(from), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withRSA")
                            .build(issuer.keys().getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public CertificateAuthorities authorities() {
        return new CertificateAuthorities(List.of(root.certificate(), organisations.certificate()));
    }

    public CertificateVerifier verifier(X509Certificate... revoked) {
        List<X509CRL> lists = revoking(revoked);
        return new CertificateVerifier(authorities(), () -> lists);
    }

    public void writeAnchors(Path folder) {
        write(folder.resolve("root.pem"), pem("CERTIFICATE", encoded(root.certificate())));
        write(folder.resolve("organisations-ca.pem"), pem("CERTIFICATE", encoded(organisations.certificate())));
    }

    public void writeRevocationLists(Path folder, X509Certificate... revoked) {
        List<X509CRL> lists = revoking(revoked);
        write(folder.resolve("root.crl"), pem("X509 CRL", encoded(lists.get(0))));
        write(folder.resolve("organisations.crl"), pem("X509 CRL", encoded(lists.get(1))));
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(beside, text);
            Files.move(beside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END " + label + "-----\n";
    }

    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] encoded(X509CRL list) {
        try {
            return list.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Authority root(String subject, KeyPair keys) {
        return root(subject, keys, SIGNATURE);
    }

    static Authority root(String subject, KeyPair keys, String algorithm) {
        X500Name name = new X500Name(subject);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                serial(),
                Date.from(NOW.minus(Duration.ofDays(3650))),
                Date.from(NOW.plus(Duration.ofDays(3650))),
                name,
                keys.getPublic());
        return new Authority(signed(asAuthority(builder), keys, algorithm), keys);
    }

    /** An authority below another one. */
    public static Authority below(Authority issuer, String subject, KeyPair keys) {
        return below(issuer, subject, keys, SIGNATURE);
    }

    static Authority below(Authority issuer, String subject, KeyPair keys, String algorithm) {
        X509v3CertificateBuilder builder = builder(
                issuer, new X500Name(subject), keys, NOW.minus(Duration.ofDays(365)), NOW.plus(Duration.ofDays(3650)));
        return new Authority(signed(asAuthority(builder), issuer.keys(), algorithm), keys);
    }

    private static X509v3CertificateBuilder asAuthority(X509v3CertificateBuilder builder) {
        try {
            return builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            Authority issuer, X500Name subject, KeyPair keys, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                name(issuer), serial(), Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    private static X500Name name(Authority issuer) {
        X500Principal subject = issuer.certificate().getSubjectX500Principal();
        return X500Name.getInstance(subject.getEncoded());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys) {
        return signed(builder, keys, SIGNATURE);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys, String algorithm) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                            .setProvider(EVERY_ALGORITHM)
                            .build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial() {
        return BigInteger.valueOf(SERIALS.incrementAndGet());
    }

    /** A new key pair. */
    public static KeyPair keys() {
        return keys(2048);
    }

    /** A new RSA key pair. */
    public static KeyPair keys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
