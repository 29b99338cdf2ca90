package org.mssante.certs;

import java.util.Optional;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The end-entity products of IGC-Santé, Élémentaire – Organisations, that an operator meets: what a key may do. */
public enum Profile {
    /** A server that is also a client of its peers: SMTP between operators, IMAP, HTTPS, LDAPS. */
    SERV_SSL(KeyUsage.digitalSignature | KeyUsage.keyEncipherment),

    /** A mailbox of a machine, or the signer of the trust list: the EKU is emailProtection and nothing else. */
    SERV_SMIME(KeyUsage.digitalSignature | KeyUsage.nonRepudiation),

    /** The software of an organisation logs in as the organisation. */
    ORG_AUTH_CLI(KeyUsage.digitalSignature),

    /** The seal of an organisation: on assertions and documents, never in a handshake. */
    ORG_SIGN(KeyUsage.nonRepudiation),

    /** The software of an organisation that both logs in and is called: IGC-Santé allows several uses for one key. */
    ORG_MULTI_USE(KeyUsage.digitalSignature | KeyUsage.keyEncipherment);

    private final int keyUsage;

    Profile(int keyUsage) {
        this.keyUsage = keyUsage;
    }

    KeyUsage keyUsage() {
        return new KeyUsage(keyUsage);
    }

    /** Empty where the key usage says all. */
    Optional<ExtendedKeyUsage> extendedKeyUsage() {
        return switch (this) {
            case SERV_SSL, ORG_MULTI_USE -> uses(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
            case SERV_SMIME -> uses(KeyPurposeId.id_kp_emailProtection);
            case ORG_AUTH_CLI -> uses(KeyPurposeId.id_kp_clientAuth);
            case ORG_SIGN -> Optional.empty();
        };
    }

    private static Optional<ExtendedKeyUsage> uses(KeyPurposeId... purposes) {
        return Optional.of(new ExtendedKeyUsage(purposes));
    }
}
