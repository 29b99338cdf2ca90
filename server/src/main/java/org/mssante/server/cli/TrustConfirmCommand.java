package org.mssante.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.TrustListInForce;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The operator's word that a list that takes too much away is right. He names the list he saw by its hash, so that no
 * other one slips in; the running server verifies it once more and puts it into force.
 */
@Command(
        name = "confirm",
        description = "Shows the trust list that waits; with its hash, puts it into force.",
        mixinStandardHelpOptions = true)
final class TrustConfirmCommand implements Callable<Integer> {
    @Mixin
    private final TrustFolder folder = new TrustFolder();

    @Option(names = "--sha256", paramLabel = "HEX", description = "The hash of the list to be confirmed.")
    private Optional<String> sha256 = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustConfirmCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> waiting = folder.lists().waiting().map(TrustListInForce::sha256);
        if (waiting.isEmpty()) {
            out.println("No trust list waits for a confirmation.");
            out.flush();
            return TrustCommand.NO;
        }
        if (sha256.isEmpty()) {
            show(folder.status().path("waiting"), waiting.get(), out);
            out.flush();
            return TrustCommand.NO;
        }
        if (!sha256.equals(waiting)) {
            throw new StartupFailure("Another trust list waits, " + waiting.get()
                    + ": look at it with ./mssante trust confirm, then confirm that one.");
        }
        folder.lists().confirm(waiting.get(), System.getProperty("user.name"));
        out.println("Confirmed. The server puts the list into force at its next look (trust.refresh).");
        out.flush();
        return TrustCommand.YES;
    }

    private static void show(JsonNode waiting, String hash, PrintWriter out) {
        out.println("The trust list generated on " + waiting.path("generated").asText() + " takes away "
                + waiting.path("rowsGone").asText() + " rows ("
                + waiting.path("percentGone").asText() + " %) of the list in force.");
        out.println("Domains it does not list any more, some of them:");
        waiting.path("domainsGone").forEach(domain -> out.println("  " + domain.asText()));
        out.println("If that is right: ./mssante trust confirm --sha256 " + hash);
    }
}
