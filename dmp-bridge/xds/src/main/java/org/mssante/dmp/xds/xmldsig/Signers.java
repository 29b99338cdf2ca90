package org.mssante.dmp.xds.xmldsig;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;

/** Whose signature counts. Revocation is not looked at. Thread-safe. */
public final class Signers {
    private static final int NON_REPUDIATION = 1;

    private final Set<TrustAnchor> anchors;
    private final Set<X500Principal> subjects;
    /**
     * What the authorities were found to have issued, which no time changes: whether it is in force is asked each time. As many
     * as they issued to the subjects that are let in, a few.
     */
    private final Set<X509Certificate> issued = ConcurrentHashMap.newKeySet();

    /**
     * @param anchors authorities the signing certificates chain to; each that issues stands there itself
     * @param subjects of the certificates that are let in
     */
    public Signers(List<X509Certificate> anchors, Set<X500Principal> subjects) {
        this.anchors =
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toUnmodifiableSet());
        this.subjects = Set.copyOf(subjects);
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
        return isInForce(signer, now) && (issued.contains(signer) || isIssued(signer, now))
                ? Optional.empty()
                : Optional.of("the certificate that signed it is not of a known authority or in force");
    }

    /** True where the certificate is one of the product ORG SIGN by its use. */
    static boolean isForSignatures(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage != null && usage[NON_REPUDIATION];
    }

    private static boolean isInForce(X509Certificate signer, Instant now) {
        try {
            signer.checkValidity(Date.from(now));
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    private boolean isIssued(X509Certificate signer, Instant now) {
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(signer)), parameters);
            issued.add(signer);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
