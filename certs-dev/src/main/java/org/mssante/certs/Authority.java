package org.mssante.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.mssante.core.tls.KeyMaterial;

/**
 * A certification authority with its key. Certificates name no CRL distribution point and no AIA address: a development
 * PKI has no host that would serve them, and each service reads the lists from the folder of the PKI.
 */
final class Authority {
    private static final String SIGNATURE = "SHA256withRSA";
    private static final int SERIAL_BITS = 127;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final int CERTIFICATE_YEARS = 3;
    private static final int AUTHORITY_YEARS = 10;

    /** Kind of card or certificate in IGC-Santé; bit 0x80 says that it belongs to the TEST branch. */
    private static final ASN1ObjectIdentifier CERTIFICATE_KIND = new ASN1ObjectIdentifier("1.2.250.1.71.1.2.5");

    private static final byte[] TEST_SOFTWARE_CERTIFICATE = {(byte) 0x83};

    private final KeyMaterial material;
    private final SecureRandom random;

    Authority(KeyMaterial material, SecureRandom random) {
        this.material = material;
        this.random = random;
    }

    /** A root: its own issuer. */
    static KeyMaterial root(X500Name name, KeyPair keys, Instant now, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Request request = new Request(name, keys.getPublic(), now, AUTHORITY_YEARS, random);
        X509v3CertificateBuilder builder = request.issuedBy(name, keys.getPublic());
        markAsAuthority(builder, new BasicConstraints(true));
        return new KeyMaterial(keys.getPrivate(), List.of(signed(builder, keys.getPrivate())));
    }

    /** An authority below this one that issues end-entity certificates only. */
    KeyMaterial issueAuthority(X500Name name, KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Request request = new Request(name, keys.getPublic(), now, AUTHORITY_YEARS, random);
        X509v3CertificateBuilder builder =
                request.issuedBy(name(), certificate().getPublicKey());
        markAsAuthority(builder, new BasicConstraints(0));
        return new KeyMaterial(keys.getPrivate(), List.of(signed(builder, material.key()), certificate()));
    }

    KeyMaterial issue(PlannedCertificate planned, KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Request request = new Request(planned.subject().encoded(), keys.getPublic(), now, CERTIFICATE_YEARS, random);
        X509v3CertificateBuilder builder =
                request.issuedBy(name(), certificate().getPublicKey());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, planned.profile().keyUsage());
        Optional<ExtendedKeyUsage> uses = planned.profile().extendedKeyUsage();
        if (uses.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, uses.get());
        }
        if (!planned.names().isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, planned.names().encoded());
        }
        builder.addExtension(CERTIFICATE_KIND, false, new DEROctetString(TEST_SOFTWARE_CERTIFICATE));
        return new KeyMaterial(keys.getPrivate(), List.of(signed(builder, material.key()), certificate()));
    }

    /**
     * The list of what this authority revoked. It is in force as long as a certificate lives: a development instance
     * must still start after weeks in which nobody published a new list.
     */
    X509CRL revocationList(Collection<X509Certificate> revoked, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(now.minus(CLOCK_SKEW)));
        builder.setNextUpdate(inYears(now, CERTIFICATE_YEARS));
        for (X509Certificate certificate : revoked) {
            builder.addCRLEntry(
                    certificate.getSerialNumber(), Date.from(now.minus(CLOCK_SKEW)), CRLReason.cessationOfOperation);
        }
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate()));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.getEpochSecond())));
        return new JcaX509CRLConverter().getCRL(builder.build(signer(material.key())));
    }

    X509Certificate certificate() {
        return material.leaf();
    }

    private X500Name name() {
        return X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    }

    /** What is asked of an issuer, before the extensions of a profile. */
    private record Request(X500Name subject, PublicKey key, Instant now, int years, SecureRandom random) {

        X509v3CertificateBuilder issuedBy(X500Name issuer, PublicKey issuerKey)
                throws GeneralSecurityException, IOException {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    Date.from(now.minus(CLOCK_SKEW)),
                    inYears(now, years),
                    subject,
                    key);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
            return builder;
        }
    }

    private static void markAsAuthority(X509v3CertificateBuilder builder, BasicConstraints constraints)
            throws IOException {
        builder.addExtension(Extension.basicConstraints, true, constraints);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(SIGNATURE).build(key);
    }

    private static Date inYears(Instant now, int years) {
        return Date.from(now.atOffset(ZoneOffset.UTC).plusYears(years).toInstant());
    }
}
