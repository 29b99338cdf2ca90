package org.mssante.server.trust;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mssante.core.settings.Settings;

/**
 * What an operator configures of the trust space.
 *
 * @param list the signed trust list; somebody else replaces the file
 * @param signer who has to have signed it
 * @param anchors the folder of the authorities, {@code *.pem}
 * @param revocationLists the folder of their revocation lists, {@code *.crl}
 * @param folder of our own data, where the last good list is kept
 * @param refresh how often files are looked at for changes
 */
public record TrustSettings(
        Path list,
        ListSigner signer,
        Path anchors,
        Path revocationLists,
        Path folder,
        Duration refresh,
        TrustListVerifier.Limits limits) {

    /**
     * Keys: {@code trust.list.file}, {@code trust.list.signer.cn}, {@code trust.list.signer.issuer} (optional, a DN),
     * {@code trust.list.max.bytes}, {@code trust.list.clock.tolerance}, {@code trust.anchors}, {@code trust.crls},
     * {@code trust.refresh}.
     *
     * @param folder of the service's own data
     */
    public static TrustSettings from(Settings settings, Path folder) {
        Optional<DistinguishedName> issuer =
                settings.optionalValue("trust.list.signer.issuer", DistinguishedName::parse);
        return new TrustSettings(
                settings.path("trust.list.file"),
                new ListSigner(Optional.of(settings.text("trust.list.signer.cn")), issuer),
                settings.path("trust.anchors"),
                settings.path("trust.crls"),
                folder.resolve("trust"),
                settings.duration("trust.refresh"),
                new TrustListVerifier.Limits(
                        settings.number("trust.list.max.bytes", 1_000, 1_000_000_000),
                        settings.duration("trust.list.clock.tolerance")));
    }
}
