package org.mssante.server.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a certificate is presented for. Key usage and extended key usage must allow it where they are present. */
public enum CertificateUse {
    /** A server that connects to us. */
    TLS_CLIENT(Optional.of("1.3.6.1.5.5.7.3.2")),
    /** A server we connect to. */
    TLS_SERVER(Optional.of("1.3.6.1.5.5.7.3.1")),
    /** A mailbox that signs its messages (RFC 8550 §4.4.4). */
    MAIL_SIGNATURE(Optional.of("1.3.6.1.5.5.7.3.4")),
    /** The signer of the trust list: its certificate says emailProtection, so no particular EKU is asked for. */
    LIST_SIGNATURE(Optional.empty());

    /** Positions in the keyUsage bit string, RFC 5280 §4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int NON_REPUDIATION = 1;

    private final Optional<String> extendedKeyUsage;

    CertificateUse(Optional<String> extendedKeyUsage) {
        this.extendedKeyUsage = extendedKeyUsage;
    }

    /** Why the certificate may not be used so; empty where it may. */
    Optional<String> objectionTo(X509Certificate certificate) {
        if (certificate.getBasicConstraints() >= 0) {
            return Optional.of("it is the certificate of an authority");
        }
        boolean[] keyUsage = certificate.getKeyUsage();
        if (keyUsage != null && !allows(keyUsage)) {
            return Optional.of("its key usage does not allow " + this);
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && extendedKeyUsage.isPresent() && !purposes.contains(extendedKeyUsage.get())) {
                return Optional.of("its extended key usage does not allow " + this);
            }
        } catch (CertificateParsingException e) {
            return Optional.of("its extended key usage is not readable");
        }
        return Optional.empty();
    }

    private boolean allows(boolean[] keyUsage) {
        return switch (this) {
            case TLS_CLIENT, TLS_SERVER -> keyUsage[DIGITAL_SIGNATURE];
            case MAIL_SIGNATURE, LIST_SIGNATURE -> keyUsage[DIGITAL_SIGNATURE] || keyUsage[NON_REPUDIATION];
        };
    }
}
