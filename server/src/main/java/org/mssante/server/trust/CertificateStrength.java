package org.mssante.server.trust;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/**
 * What a key and a signature must at least be to prove anything: RSA of {@value #RSA_BITS} bits, an elliptic curve of
 * {@value #CURVE_BITS} bits, SHA-256 or better (RGS annex B1; the JDK alone takes RSA of 1024 bits and SHA-1).
 */
final class CertificateStrength {
    static final int RSA_BITS = 2048;
    private static final int CURVE_BITS = 256;
    private static final Set<ASN1ObjectIdentifier> DIGESTS = Set.of(
            NISTObjectIdentifiers.id_sha256,
            NISTObjectIdentifiers.id_sha384,
            NISTObjectIdentifiers.id_sha512,
            NISTObjectIdentifiers.id_sha512_256,
            NISTObjectIdentifiers.id_sha3_256,
            NISTObjectIdentifiers.id_sha3_384,
            NISTObjectIdentifiers.id_sha3_512,
            // what Ed448 uses, RFC 8032 §5.2
            NISTObjectIdentifiers.id_shake256,
            NISTObjectIdentifiers.id_shake256_len);

    private CertificateStrength() {}

    /** What is too weak in a certificate whose signature holds; empty where nothing is. */
    static Optional<String> objectionTo(X509Certificate certificate) {
        return keyObjection(certificate.getPublicKey()).or(() -> signatureObjection(certificate));
    }

    private static Optional<String> keyObjection(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return atLeast(RSA_BITS, rsa.getModulus().bitLength(), "RSA");
        }
        if (key instanceof ECKey curve) {
            return atLeast(CURVE_BITS, curve.getParams().getOrder().bitLength(), "elliptic curve");
        }
        return key instanceof EdECKey
                ? Optional.empty()
                : Optional.of("its key is of a kind that is not accepted, " + key.getAlgorithm());
    }

    private static Optional<String> atLeast(int wanted, int bits, String kind) {
        return bits >= wanted
                ? Optional.empty()
                : Optional.of("its " + kind + " key has " + bits + " bits, " + wanted + " are the least");
    }

    private static Optional<String> signatureObjection(X509Certificate certificate) {
        try {
            AlgorithmIdentifier algorithm = new JcaX509CertificateHolder(certificate).getSignatureAlgorithm();
            AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
            return digest != null && DIGESTS.contains(digest.getAlgorithm())
                    ? Optional.empty()
                    : Optional.of("it is signed with " + certificate.getSigAlgName() + ", SHA-256 is the least");
        } catch (CertificateEncodingException e) {
            return Optional.of("its signature's algorithm is not readable");
        }
    }
}
