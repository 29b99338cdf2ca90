package org.mssante.server.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an authority below it, a leaf and their revocation lists: good, or broken in one way. */
@SuppressWarnings("JavaUtilDate") // BouncyCastle's builders take java.util.Date
final class GeneratedChain {
    static final Instant AT = TestPki.NOW;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final X500Name ROOT = new X500Name("C=FR,O=TEST,CN=RACINE");
    private static final X500Name AUTHORITY = new X500Name("C=FR,O=TEST,CN=ORGANISATIONS");

    /** The one way in which a chain is broken, or not. */
    enum Flaw {
        NONE,
        NO_KEY_USAGE,
        NO_EXTENDED_KEY_USAGE,
        ANOTHER_REVOKED,
        LEAF_EXPIRED,
        LEAF_NOT_YET_VALID,
        AUTHORITY_EXPIRED,
        AUTHORITY_NOT_YET_VALID,
        ROOT_EXPIRED,
        LEAF_REVOKED,
        AUTHORITY_REVOKED,
        NO_LIST_OF_AUTHORITY,
        NO_LIST_OF_ROOT,
        LIST_EXPIRED,
        LIST_FORGED,
        LEAF_FORGED,
        AUTHORITY_FORGED,
        SELF_SIGNED_COPY,
        OTHER_WORLD_WITH_THE_SAME_NAMES,
        EXTENDED_KEY_USAGE_OF_MAIL,
        KEY_USAGE_OF_SIGNING_CERTIFICATES,
        LEAF_IS_AN_AUTHORITY,
        AUTHORITY_IS_NONE,
        AUTHORITY_MAY_NOT_SIGN_CERTIFICATES,
        AUTHORITY_MAY_NOT_SIGN_LISTS,
        NAME_OUTSIDE_THE_CONSTRAINTS,
        UNKNOWN_CRITICAL_EXTENSION,
        LEAF_KEY_SHORT,
        LEAF_SIGNED_WITH_SHA_1,
        AUTHORITY_SIGNED_WITH_SHA_1
    }

    /**
     * Whose keys a chain is made with. They are the same for every flaw: generating them costs more than the chain does.
     *
     * @param stranger who has no part in the chain, and forges
     */
    record Keys(KeyPair root, KeyPair authority, KeyPair leaf, KeyPair stranger) {
        /** @param variant one of the four is RSA, which of them differs */
        static Keys generate(int variant) throws GeneralSecurityException {
            return new Keys(keys(variant), keys(variant + 1), keys(variant + 2), keys(variant + 3));
        }
    }

    private final Flaw flaw;
    private final Keys keys;
    private final int variant;
    final X509Certificate root;
    final X509Certificate authority;
    final X509Certificate leaf;
    final List<X509CRL> lists = new ArrayList<>();

    /** @param variant other names and other serial numbers, the same flaw */
    GeneratedChain(Flaw flaw, int variant, Keys keys)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        this.flaw = flaw;
        this.variant = variant;
        this.keys = keys;
        this.root = signed(root(keys.root()), keys.root(), "SHA256");
        this.authority = signed(
                authority(),
                flaw == Flaw.AUTHORITY_FORGED ? keys.stranger() : keys.root(),
                flaw == Flaw.AUTHORITY_SIGNED_WITH_SHA_1 ? "SHA1" : "SHA256");
        this.leaf = leafCertificate();
        if (flaw != Flaw.NO_LIST_OF_ROOT) {
            lists.add(list(ROOT, keys.root(), flaw == Flaw.AUTHORITY_REVOKED ? authority : root));
        }
        if (flaw != Flaw.NO_LIST_OF_AUTHORITY) {
            lists.add(list(
                    AUTHORITY,
                    flaw == Flaw.LIST_FORGED ? keys.stranger() : keys.authority(),
                    flaw == Flaw.LEAF_REVOKED ? leaf : root));
        }
    }

    private X509v3CertificateBuilder root(KeyPair keys) throws IOException {
        Instant until = flaw == Flaw.ROOT_EXPIRED ? AT.minus(Duration.ofDays(1)) : AT.plus(YEAR.multipliedBy(9));
        return builder(ROOT, ROOT, keys, AT.minus(YEAR.multipliedBy(9)), until, 1)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private X509v3CertificateBuilder authority() throws IOException {
        Instant from = flaw == Flaw.AUTHORITY_NOT_YET_VALID ? AT.plus(Duration.ofDays(1)) : AT.minus(YEAR);
        Instant until = flaw == Flaw.AUTHORITY_EXPIRED ? AT.minus(Duration.ofDays(1)) : AT.plus(YEAR);
        X509v3CertificateBuilder builder = builder(ROOT, AUTHORITY, keys.authority(), from, until, 2);
        builder.addExtension(
                Extension.basicConstraints,
                true,
                flaw == Flaw.AUTHORITY_IS_NONE ? new BasicConstraints(false) : new BasicConstraints(0));
        int usage = KeyUsage.digitalSignature
                | (flaw == Flaw.AUTHORITY_MAY_NOT_SIGN_CERTIFICATES ? 0 : KeyUsage.keyCertSign)
                | (flaw == Flaw.AUTHORITY_MAY_NOT_SIGN_LISTS ? 0 : KeyUsage.cRLSign);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        if (flaw == Flaw.NAME_OUTSIDE_THE_CONSTRAINTS) {
            builder.addExtension(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(
                            new GeneralSubtree[] {
                                new GeneralSubtree(new GeneralName(GeneralName.dNSName, "ailleurs.fr"))
                            },
                            new GeneralSubtree[0]));
        }
        return builder;
    }

    private X509Certificate leafCertificate() throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name subject = new X500Name("C=FR,O=EXEMPLE " + variant + ",CN=smtp" + variant + ".exemple.fr");
        Instant from = flaw == Flaw.LEAF_NOT_YET_VALID ? AT.plus(Duration.ofDays(1)) : AT.minus(Duration.ofDays(30));
        Instant until = flaw == Flaw.LEAF_EXPIRED ? AT.minus(Duration.ofDays(1)) : AT.plus(Duration.ofDays(30));
        X500Name issuer = flaw == Flaw.SELF_SIGNED_COPY ? subject : AUTHORITY;
        KeyPair own = flaw == Flaw.LEAF_KEY_SHORT ? TestPki.keys(1024) : keys.leaf();
        X509v3CertificateBuilder builder = builder(issuer, subject, own, from, until, 100 + variant);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(flaw == Flaw.LEAF_IS_AN_AUTHORITY));
        if (flaw != Flaw.NO_KEY_USAGE) {
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            flaw == Flaw.KEY_USAGE_OF_SIGNING_CERTIFICATES
                                    ? KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature
                                            | (flaw == Flaw.LEAF_IS_AN_AUTHORITY ? KeyUsage.keyCertSign : 0)));
        }
        if (flaw != Flaw.NO_EXTENDED_KEY_USAGE) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    variant % 2 == 0,
                    new ExtendedKeyUsage(
                            flaw == Flaw.EXTENDED_KEY_USAGE_OF_MAIL
                                    ? new KeyPurposeId[] {KeyPurposeId.id_kp_emailProtection}
                                    : new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                                    }));
        }
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "smtp" + variant + ".exemple.fr")));
        if (flaw == Flaw.UNKNOWN_CRITICAL_EXTENSION) {
            builder.addExtension(new ASN1ObjectIdentifier("1.2.250.1.999.1"), true, new DEROctetString(new byte[] {1}));
        }
        return signed(builder, signerOfLeaf(), flaw == Flaw.LEAF_SIGNED_WITH_SHA_1 ? "SHA1" : "SHA256");
    }

    private KeyPair signerOfLeaf() {
        return switch (flaw) {
            case SELF_SIGNED_COPY -> keys.leaf();
            case LEAF_FORGED, OTHER_WORLD_WITH_THE_SAME_NAMES -> keys.stranger();
            default -> keys.authority();
        };
    }

    private X509CRL list(X500Name issuer, KeyPair keys, X509Certificate revoked)
            throws GeneralSecurityException, OperatorCreationException {
        Instant until = flaw == Flaw.LIST_EXPIRED ? AT.minus(Duration.ofDays(1)) : AT.plus(Duration.ofDays(7));
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(AT.minus(Duration.ofDays(3))));
        builder.setNextUpdate(Date.from(until));
        BigInteger serial = flaw == Flaw.ANOTHER_REVOKED ? BigInteger.valueOf(4_711) : revoked.getSerialNumber();
        if (flaw == Flaw.ANOTHER_REVOKED || !revoked.equals(root)) {
            builder.addCRLEntry(serial, Date.from(AT.minus(Duration.ofDays(4))), 1);
        }
        return new JcaX509CRLConverter().getCRL(builder.build(signer(keys, "SHA256")));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant until, int serial) {
        return new JcaX509v3CertificateBuilder(
                issuer, BigInteger.valueOf(serial), Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys, String digest)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(keys, digest)));
    }

    private static ContentSigner signer(KeyPair keys, String digest) throws OperatorCreationException {
        String kind = keys.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
        return new JcaContentSignerBuilder(digest + "with" + kind).build(keys.getPrivate());
    }

    private static KeyPair keys(int kind) throws GeneralSecurityException {
        if (kind % 4 == 3) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa.generateKeyPair();
        }
        KeyPairGenerator elliptic = KeyPairGenerator.getInstance("EC");
        elliptic.initialize(new ECGenParameterSpec("secp256r1"));
        return elliptic.generateKeyPair();
    }
}
