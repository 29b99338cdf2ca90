package org.mssante.server.trust;

import java.security.cert.X509Certificate;

/** What the check of a trust list found. Immutable. */
public sealed interface TrustListVerdict {

    /** The list may come into force. */
    record Valid(TrustList list, X509Certificate signer) implements TrustListVerdict {}

    /**
     * The list may not come into force.
     *
     * @param detail what exactly was found, in English
     */
    record Rejected(Reason reason, String detail) implements TrustListVerdict {}

    /** Why a list is rejected. */
    enum Reason {
        UNREADABLE("it is not a readable XML document"),
        NOT_A_TRUST_LIST("it is not a trust list"),
        SIGNATURE_MISSING("it does not carry exactly one signature below its root"),
        SIGNATURE_FORM("its signature is not of the form the trust list has"),
        SIGNATURE_WRONG("its signature does not cover its content"),
        SIGNER_NOT_TRUSTED("its signer's certificate is not from a trusted authority"),
        SIGNER_UNSUITABLE("its signer's certificate is not made for signing"),
        SIGNER_WEAK("its signer's certificate, or one above it, has a key or a signature that is too weak"),
        SIGNER_EXPIRED("its signer's certificate is outside its validity period"),
        SIGNER_REVOKED("its signer's certificate is revoked"),
        SIGNER_STATUS_UNKNOWN("the revocation status of its signer's certificate is unknown"),
        SIGNER_UNKNOWN("it was signed by somebody else than the configured signer"),
        GENERATED_IN_FUTURE("it was generated in the future"),
        OLDER_THAN_IN_FORCE("it is older than a list that has been in force"),
        DROPS_TOO_MUCH("it takes away more of the list in force than may pass unseen");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The end of a sentence that starts with "The list was not accepted:". */
        public String text() {
            return text;
        }
    }
}
