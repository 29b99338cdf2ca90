package org.mssante.server.trust;

import java.util.Optional;
import org.mssante.core.settings.Settings;

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

    /** The signer an instance accepts: {@code trust.list.signer.cn}, {@code trust.list.signer.issuer}. */
    public static ListSigner configured(Settings settings) {
        return new ListSigner(
                Optional.of(settings.text("trust.list.signer.cn")),
                settings.optionalValue("trust.list.signer.issuer", DistinguishedName::parse));
    }

    /** The same, and where it names nobody what {@code other} says. */
    public ListSigner or(ListSigner other) {
        return new ListSigner(commonName.or(other::commonName), issuer.or(other::issuer));
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
