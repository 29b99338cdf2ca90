package org.mssante.dmp.xds.signature;

import java.security.PrivateKey;
import java.util.List;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.xmldsig.Algorithms;

/**
 * What the texts on the DMP leave open of its signatures.
 *
 * @param masks of the signature as a document (1.2.250.1.213.1.1.4.13)
 */
public record SignatureStyle(XadesForm form, Digest digest, List<Code> masks) {
    public SignatureStyle {
        masks = List.copyOf(masks);
    }

    /** Of everything that is digested, and of the signature itself. */
    public enum Digest {
        SHA256,
        /** That of the DMP's examples. It is too weak for signatures and counts in no check of this project. */
        SHA1
    }

    String digestUri() {
        return digest == Digest.SHA1
                ? MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA1
                : MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256;
    }

    String signatureUri(PrivateKey key) {
        return digest == Digest.SHA1 ? Algorithms.sha1With(key) : Algorithms.sha256With(key);
    }
}
