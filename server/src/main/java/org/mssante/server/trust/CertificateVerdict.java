package org.mssante.server.trust;

import org.mssante.core.outcome.Outcome;

/** What the check of a certificate found. Immutable. */
public sealed interface CertificateVerdict {

    /** It comes from a trusted authority, is in force, not revoked, and made for this use. */
    record Valid() implements CertificateVerdict {}

    /**
     * It is not to be relied on.
     *
     * @param outcome refused, or retry later where its revocation status is unknown
     * @param detail what exactly was found, in English
     */
    record NotValid(Outcome outcome, String detail) implements CertificateVerdict {}
}
