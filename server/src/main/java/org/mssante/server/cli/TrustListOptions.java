package org.mssante.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.CertificateAuthorities;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.DistinguishedName;
import org.mssante.server.trust.ListHistory;
import org.mssante.server.trust.ListSigner;
import org.mssante.server.trust.RevocationLists;
import org.mssante.server.trust.TrustListVerdict;
import org.mssante.server.trust.TrustListVerifier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a list is judged by: what the command line names, else what the instance has. */
final class TrustListOptions {
    @Mixin
    private final TrustFolder instance = new TrustFolder();

    @Option(
            names = "--anchors",
            paramLabel = "DIR",
            description =
                    "The authorities (*.pem): the root and the ones below it; those of the instance where not given.")
    private Optional<Path> anchors = Optional.empty();

    @Option(
            names = "--crls",
            paramLabel = "DIR",
            description = "Their revocation lists (*.crl). Where --anchors is given without them, revocation is not "
                    + "looked at.")
    private Optional<Path> crls = Optional.empty();

    @Option(
            names = "--signer-cn",
            paramLabel = "CN",
            description =
                    "Who has to have signed the list; the signer configured in the instance where not given. Where "
                            + "--anchors is given without it and without --run-dir, the signer's name is not looked at.")
    private Optional<String> signerCn = Optional.empty();

    @Option(
            names = "--signer-issuer",
            paramLabel = "DN",
            description =
                    "Which authority has to have issued the signer; the one configured in the instance where not given.")
    private Optional<DistinguishedName> signerIssuer = Optional.empty();

    @Option(names = "--at", paramLabel = "INSTANT", description = "Judge as of this moment, e.g. 2026-11-20T10:00:00Z.")
    private Optional<Instant> at = Optional.empty();

    /** picocli makes it. */
    TrustListOptions() {}

    Instant at() {
        return at.orElseGet(() -> Clock.systemUTC().instant());
    }

    boolean looksAtRevocation() {
        return anchors.isEmpty() || crls.isPresent();
    }

    /** False where each certificate of the trust space passes for the list's signer. */
    boolean looksAtSigner() {
        return signer().commonName().isPresent();
    }

    CertificateVerifier certificates() {
        CertificateAuthorities authorities = CertificateAuthorities.load(
                anchors.orElseGet(() -> instance.settings().path("trust.anchors")));
        if (!looksAtRevocation()) {
            return CertificateVerifier.withoutRevocation(authorities);
        }
        List<Path> folders = crls.map(List::of)
                .orElseGet(() -> Stream.of(instance.settings().path("trust.crls"), instance.fetchedRevocations())
                        .filter(Files::isDirectory)
                        .toList());
        List<X509CRL> revocations = List.copyOf(
                RevocationLists.open(folders, () -> authorities, entry -> {}).get());
        return new CertificateVerifier(authorities, () -> revocations);
    }

    /** @param list a file; empty for the list that was in force in the instance then */
    TrustListVerdict verdict(CertificateVerifier certificates, Optional<Path> list) {
        TrustListVerifier verifier = new TrustListVerifier(certificates, signer(), TrustListVerifier.Limits.defaults());
        return verifier.verify(list.map(TrustListOptions::read).orElseGet(this::inForce), at());
    }

    /** What the command line does not say the instance does, unless it is somebody else's authorities that count. */
    private ListSigner signer() {
        ListSigner given = new ListSigner(signerCn, signerIssuer);
        return anchors.isEmpty() || instance.isNamed() ? given.or(ListSigner.configured(instance.settings())) : given;
    }

    private byte[] inForce() {
        try {
            Optional<ListHistory.Entry> entry = instance.lists().history().at(at());
            if (entry.isEmpty()) {
                throw new StartupFailure("No list of " + at() + " is kept in " + instance.runDir()
                        + ": name one with --list, or the instance with --run-dir.");
            }
            return entry.get().bytes();
        } catch (IOException e) {
            throw new StartupFailure("The kept trust lists cannot be read (" + e + "): name one with --list.", e);
        }
    }

    private static byte[] read(Path list) {
        try {
            return Files.readAllBytes(list);
        } catch (IOException e) {
            throw new StartupFailure("The trust list " + list + " cannot be read: correct --list.", e);
        }
    }
}
