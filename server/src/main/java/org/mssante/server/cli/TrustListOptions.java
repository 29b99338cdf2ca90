package org.mssante.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.CertificateAuthorities;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.DistinguishedName;
import org.mssante.server.trust.ListSigner;
import org.mssante.server.trust.RevocationLists;
import org.mssante.server.trust.TrustListVerdict;
import org.mssante.server.trust.TrustListVerifier;
import picocli.CommandLine.Option;

/** The options that name a list and what it is judged by. */
final class TrustListOptions {
    @Option(names = "--list", required = true, paramLabel = "FILE", description = "The signed trust list.")
    private Path list = Path.of("");

    @Option(
            names = "--anchors",
            required = true,
            paramLabel = "DIR",
            description = "The authorities (*.pem): the root and the ones below it.")
    private Path anchors = Path.of("");

    @Option(
            names = "--crls",
            paramLabel = "DIR",
            description = "Their revocation lists (*.crl). Without them no status is known and nothing is valid.")
    private Optional<Path> crls = Optional.empty();

    @Option(names = "--signer-cn", paramLabel = "CN", description = "Who has to have signed the list.")
    private Optional<String> signerCn = Optional.empty();

    @Option(
            names = "--signer-issuer",
            paramLabel = "DN",
            description = "Which authority has to have issued the signer.")
    private Optional<String> signerIssuer = Optional.empty();

    @Option(names = "--at", paramLabel = "INSTANT", description = "Judge as of this moment, e.g. 2026-11-20T10:00:00Z.")
    private Optional<Instant> at = Optional.empty();

    /** picocli makes it. */
    TrustListOptions() {}

    Path list() {
        return list;
    }

    Instant at() {
        return at.orElseGet(() -> Clock.systemUTC().instant());
    }

    CertificateVerifier certificates() {
        CertificateAuthorities authorities = CertificateAuthorities.load(anchors);
        Collection<X509CRL> revocations = crls.map(
                        folder -> RevocationLists.open(List.of(folder), () -> authorities, entry -> {})
                                .get())
                .orElse(List.of());
        return new CertificateVerifier(authorities, () -> revocations);
    }

    TrustListVerdict verdict(CertificateVerifier certificates) {
        ListSigner signer = new ListSigner(signerCn, signerIssuer.map(DistinguishedName::parse));
        TrustListVerifier verifier = new TrustListVerifier(certificates, signer, TrustListVerifier.Limits.defaults());
        try {
            return verifier.verify(Files.readAllBytes(list), at());
        } catch (IOException e) {
            throw new StartupFailure("The trust list " + list + " cannot be read: correct --list.", e);
        }
    }
}
