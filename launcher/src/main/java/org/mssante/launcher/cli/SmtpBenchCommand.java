package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.bench.Account;
import org.mssante.launcher.bench.BenchReport;
import org.mssante.launcher.bench.Benchmark;
import org.mssante.launcher.bench.Comparison;
import org.mssante.launcher.bench.Entry;
import org.mssante.launcher.bench.FullInbox;
import org.mssante.launcher.bench.Load;
import org.mssante.launcher.bench.Machine;
import org.mssante.launcher.bench.Target;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante bench smtp}: exit code 0 where all that was accepted became visible, once. */
@Command(
        name = "smtp",
        description =
                "Hands in messages as fast as they are accepted and watches them appear in IMAP. The messages stay "
                        + "in the inboxes: use an instance made for it.")
final class SmtpBenchCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Option(
            names = "--entry",
            defaultValue = "TLS",
            description = "How messages are handed in: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). TLS and "
                    + "STARTTLS log in, OPERATOR shows the certificate of operator B, PLAIN does neither and is refused "
                    + "by this project's server.")
    private Entry entry;

    @Option(
            names = "--size",
            split = ",",
            paramLabel = "KB",
            defaultValue = "20",
            description = "Message sizes (default: ${DEFAULT-VALUE}); with --sessions every combination is measured.")
    private List<Integer> sizes;

    @Option(
            names = "--sessions",
            split = ",",
            paramLabel = "N",
            defaultValue = "8",
            description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private List<Integer> sessions;

    @Option(
            names = "--recipients",
            split = ",",
            paramLabel = "N",
            defaultValue = "1",
            description = "Recipients of a message (default: ${DEFAULT-VALUE}).")
    private List<Integer> recipients;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            converter = SendCommand.AddressConverter.class,
            defaultValue = "annuaire@demo.mssante.fr",
            description =
                    "The mailbox that sends, a software's or a person's (default: ${DEFAULT-VALUE}; a person's meets "
                            + "sending.recipients.max).")
    private MailAddress from;

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "ADDRESS",
            converter = SendCommand.AddressConverter.class,
            defaultValue = "dr.martin@demo.medecin.mssante.fr,dr.discret@demo.medecin.mssante.fr,"
                    + "noe.dupuits@demo.mssante.fr,gaelle.deseglantines@demo.mssante.fr",
            description = "The mailboxes that receive in turn (default: four of the demonstration).")
    private List<MailAddress> to;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long a round hands in (default: ${DEFAULT-VALUE}); it ends once all is visible.")
    private int duration;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for the last message to be visible (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--json", description = "The result as JSON (docs/performance.md lists the fields).")
    private boolean json;

    /** As picocli wants it: null where none of the group's options is given. */
    @ArgGroup(exclusive = false)
    private PeerOptions peer;

    @Option(
            names = "--full-inbox",
            paramLabel = "N",
            description = "Instead of another server, compare the same one with itself: the first of --to, as it is, "
                    + "against the second, filled with N messages first.")
    private Optional<Long> fullInbox;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instant start = Instant.now(Clock.systemUTC());
        Benchmark benchmark =
                new Benchmark(targets(), Duration.ofSeconds(warmUp), rounds, Clock.systemUTC(), this::progress);
        List<Comparison> results = new ArrayList<>();
        for (int size : sizes) {
            for (int connections : sessions) {
                for (int perMessage : recipients) {
                    results.add(benchmark.run(new Load(
                            size * 1000,
                            connections,
                            perMessage,
                            Duration.ofSeconds(duration),
                            Duration.ofSeconds(patience))));
                }
            }
        }
        BenchReport report = new BenchReport(start, Machine.here(), results);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.printText(out);
        }
        boolean exact = results.stream()
                .flatMap(result -> result.rounds().stream())
                .allMatch(round -> round.missing() == 0 && round.repeated() == 0);
        return exact ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Target> targets() {
        Target ours = new OwnTarget(options.instance()).of(entry, from, to);
        if (fullInbox.isPresent()) {
            return againstFullInbox(ours, fullInbox.get());
        }
        return Optional.ofNullable(peer)
                .map(other -> List.of(ours, other.target()))
                .orElse(List.of(ours));
    }

    private List<Target> againstFullInbox(Target ours, long messages) {
        if (peer != null || to.size() < 2) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--full-inbox compares two mailboxes of --to and excludes --vs");
        }
        Account full = ours.recipients().get(1);
        new FullInbox(ours, this::progress).fill(full, messages);
        return List.of(
                ours.to("full inbox", List.of(full)),
                ours.to("small inbox", List.of(ours.recipients().get(0))));
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
