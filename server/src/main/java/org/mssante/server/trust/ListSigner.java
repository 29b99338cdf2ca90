package org.mssante.server.trust;

import java.util.Optional;

/**
 * Who may sign the trust list. The certificate changes every three years and its organisation with the agency's
 * contractor, so the name and the issuing authority are pinned, not the certificate (mssante §2.4).
 *
 * @param issuer the full name of the issuing authority; empty accepts each configured one
 */
public record ListSigner(String commonName, Optional<DistinguishedName> issuer) {

    boolean isNamedBy(DistinguishedName subject, DistinguishedName issuedBy) {
        return subject.commonName().filter(commonName::equalsIgnoreCase).isPresent()
                && issuer.map(issuedBy::equals).orElse(true);
    }
}
