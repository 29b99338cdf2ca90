package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.bench.Account;
import org.mssante.launcher.bench.Door;
import org.mssante.launcher.bench.Entry;
import org.mssante.launcher.bench.FilingBenchmark;
import org.mssante.launcher.bench.FilingLoad;
import org.mssante.launcher.bench.FilingMix;
import org.mssante.launcher.bench.FilingReport;
import org.mssante.launcher.bench.FilingRound;
import org.mssante.launcher.bench.Machine;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante bench dmp}: exit code 0 where every document handed in was filed, once. */
@Command(
        name = "dmp",
        description = "Hands mails with a document each to the bridge, as the mail server does, and watches them being "
                + "filed. The documents stay in the store: use an instance made for it.")
final class DmpBenchCommand implements Callable<Integer> {
    private static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");
    private static final MailAddress PRACTITIONER = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final String MAIL_SERVER = "operator";

    @Mixin
    private InstanceOptions options;

    @Option(
            names = "--mix",
            paramLabel = "KB:WEIGHT,…",
            converter = MixConverter.class,
            defaultValue = "30:80,300:18,3000:2",
            description = "Sizes of the documents and how many of each (default: ${DEFAULT-VALUE}).")
    private FilingMix mix;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Documents of a round (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "16",
            description = "Most documents on their way at a time (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Documents filed before anything is measured (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for the next document to end (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--json", description = "The result as JSON (docs/performance.md lists the fields).")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instant start = Instant.now(Clock.systemUTC());
        Instance instance = options.instance();
        FilingLoad load = new FilingLoad(mix, documents, sessions, open, Duration.ofSeconds(patience));
        Door intake = new Door(
                "the bridge",
                Entry.OPERATOR,
                instance.endpoint(ServicePort.INTAKE),
                TlsContexts.mutual(instance.identity(MAIL_SERVER), instance.anchors()),
                new Account(LABORATORY, ""));
        List<FilingRound> played = new FilingBenchmark(
                        instance, intake, new Account(PRACTITIONER, ""), Clock.systemUTC(), this::progress)
                .run(load, warmUp, rounds);
        FilingReport report = new FilingReport(start, Machine.here(), load, played);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.printText(out);
        }
        return played.stream().allMatch(FilingRound::exact) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** Reads a mix; what cannot be one is a wrong parameter. */
    static final class MixConverter implements ITypeConverter<FilingMix> {
        @Override
        public FilingMix convert(String text) {
            return FilingMix.parse(text);
        }
    }
}
