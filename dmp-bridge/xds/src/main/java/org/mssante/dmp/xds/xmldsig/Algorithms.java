package org.mssante.dmp.xds.xmldsig;

import java.security.PrivateKey;
import java.util.Set;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.signature.XMLSignature;

/** Algorithms of XML signatures (RFC 9231). */
public final class Algorithms {
    private static final Set<String> SIGNATURES = Set.of(
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256,
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384,
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512,
            XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256,
            XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA384,
            XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA512);
    private static final Set<String> DIGESTS = Set.of(
            MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256,
            MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA384,
            MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA512);

    private Algorithms() {}

    /** True where a signature of this algorithm counts. */
    public static boolean isStrongSignature(String uri) {
        return SIGNATURES.contains(uri);
    }

    /** True where a digest of this algorithm counts. */
    public static boolean isStrongDigest(String uri) {
        return DIGESTS.contains(uri);
    }

    /** What a key signs with, by SHA-256. */
    public static String sha256With(PrivateKey key) {
        return key.getAlgorithm().equals("RSA")
                ? XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256
                : XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256;
    }

    /** What a key signs with, by SHA-1. */
    public static String sha1With(PrivateKey key) {
        return key.getAlgorithm().equals("RSA")
                ? XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1
                : XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA1;
    }
}
