package org.mssante.server.trust;

import java.util.Optional;

/**
 * Who may sign the trust list. The certificate changes every three years and its organisation with the agency's
 * contractor, so the name and the issuing authority are pinned, not the certificate (mssante §2.4).
 *
 * @param commonName empty accepts each signer of a trusted authority; a server never runs so
 * @param issuer the full name of the issuing authority; empty accepts each configured one
 */
public record ListSigner(Optional<String> commonName, Optional<DistinguishedName> issuer) {

    public static ListSigner named(String commonName) {
        return new ListSigner(Optional.of(commonName), Optional.empty());
    }

    boolean isNamedBy(DistinguishedName subject, DistinguishedName issuedBy) {
        return commonName
                        .map(expected -> subject.commonName()
                                .filter(expected::equalsIgnoreCase)
                                .isPresent())
                        .orElse(true)
                && issuer.map(issuedBy::equals).orElse(true);
    }
}
