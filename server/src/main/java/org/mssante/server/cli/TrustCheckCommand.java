package org.mssante.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.id.MailDomain;
import org.mssante.core.tls.PemFiles;
import org.mssante.server.trust.CertificateVerifier;
import org.mssante.server.trust.ListedTrustSpace;
import org.mssante.server.trust.TrustDecision;
import org.mssante.server.trust.TrustListVerdict;
import org.mssante.server.trust.TrustSpace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a server with that certificate may send for a domain and receive for it. */
@Command(name = "check", description = "Checks a certificate for a domain.", mixinStandardHelpOptions = true)
final class TrustCheckCommand implements Callable<Integer> {
    @Mixin
    private final TrustListOptions options = new TrustListOptions();

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "The signed trust list; the one in force in the instance at that moment where not given.")
    private Optional<Path> list = Optional.empty();

    @Option(names = "--domain", paramLabel = "DOMAIN", required = true, description = "The mail domain.")
    private MailDomain domain;

    @Option(names = "--cert", required = true, paramLabel = "FILE", description = "The server's certificate, PEM.")
    private Path certificate = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustCheckCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<X509Certificate> chain = PemFiles.certificates(certificate);
        CertificateVerifier certificates = options.certificates();
        TrustListVerdict verdict = options.verdict(certificates, list);
        if (verdict instanceof TrustListVerdict.Rejected rejected) {
            out.println("The list is not valid: " + rejected.reason().text() + " (" + rejected.detail() + ")");
            out.flush();
            return TrustCommand.NO;
        }
        if (!options.looksAtSigner()) {
            out.println("The name of the list's signer is not looked at: no --signer-cn.");
        }
        TrustSpace space = new ListedTrustSpace(
                () -> Optional.of(((TrustListVerdict.Valid) verdict).list()),
                certificates,
                Clock.fixed(options.at(), ZoneOffset.UTC));
        boolean sends = print(out, "sends for", domain, space.inbound(chain, Optional.of(domain)));
        boolean receives = print(out, "receives for", domain, space.outbound(chain, domain));
        out.flush();
        return sends && receives ? TrustCommand.YES : TrustCommand.NO;
    }

    private static boolean print(PrintWriter out, String what, MailDomain domain, TrustDecision decision) {
        String subject = decision.facts().subject().orElse("");
        if (decision instanceof TrustDecision.Refused refused) {
            out.println("NO   " + subject + " " + what + " " + domain + ": "
                    + refused.outcome().code() + " " + refused.outcome().english() + " (" + refused.detail() + ")");
        } else if (decision instanceof TrustDecision.RetryLater later) {
            out.println("NO   " + subject + " " + what + " " + domain + ": "
                    + later.outcome().code() + " " + later.outcome().english() + " (" + later.detail() + ")");
        } else {
            out.println("YES  " + subject + " " + what + " " + domain);
        }
        return decision.isAccepted();
    }
}
