package org.mssante.dmp.xds.xmldsig;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;

/**
 * Whose signature counts. Revocation is not looked at.
 *
 * @param anchors authorities the signing certificates chain to; each that issues stands there itself
 * @param subjects of the certificates that are let in
 */
public record Signers(List<X509Certificate> anchors, Set<X500Principal> subjects) {
    private static final int NON_REPUDIATION = 1;

    public Signers {
        anchors = List.copyOf(anchors);
        subjects = Set.copyOf(subjects);
    }

    /** The certificate a signature brings; empty where it does not bring exactly one. */
    public static Optional<X509Certificate> certificate(XMLSignature signature) throws XMLSecurityException {
        return signature.getKeyInfo() != null
                        && signature.getKeyInfo().lengthX509Data() == 1
                        && signature.getKeyInfo().itemX509Data(0).lengthCertificate() == 1
                ? Optional.of(signature
                        .getKeyInfo()
                        .itemX509Data(0)
                        .itemCertificate(0)
                        .getX509Certificate())
                : Optional.empty();
    }

    /** Why a certificate does not count, about what it signed ("it …"); empty where it does. */
    public Optional<String> objection(X509Certificate signer, Instant now) {
        if (!isForSignatures(signer)) {
            return Optional.of("it is not signed with a signature certificate");
        }
        if (!subjects.contains(signer.getSubjectX500Principal())) {
            return Optional.of("the structure that signed it is not let in");
        }
        return isIssued(signer, now)
                ? Optional.empty()
                : Optional.of("the certificate that signed it is not of a known authority or in force");
    }

    /** True where the certificate is one of the product ORG SIGN by its use. */
    static boolean isForSignatures(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage != null && usage[NON_REPUDIATION];
    }

    private boolean isIssued(X509Certificate signer, Instant now) {
        try {
            PKIXParameters parameters = new PKIXParameters(anchors.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(signer)), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
