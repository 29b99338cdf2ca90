package org.mssante.launcher.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.Polling;
import org.mssante.launcher.console.LogTail;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mssante logs}. */
@Command(name = "logs", description = "Shows the logs of the services, or of one.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    @Mixin
    private InstanceOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "annuaire, store, bridge or server (default: all).")
    private String service;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "40",
            description = "How many lines of the end (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is written, until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Instance instance = options.instance();
        List<LogTail> tails = new ArrayList<>();
        for (ServiceKind kind : wanted()) {
            Path log = instance.log(kind);
            if (Files.exists(log)) {
                tails.add(new LogTail(kind.folder(), log));
            }
        }
        if (tails.isEmpty()) {
            throw new CommandFailure("There is no log in " + instance.runDir() + " yet: start with ./mssante up.");
        }
        String prefix = tails.size() > 1 ? "%-8s | " : "";
        for (LogTail tail : tails) {
            tail.last(lines).forEach(line -> out.println(prefix.formatted(tail.name()) + line));
        }
        out.flush();
        Polling polling = new Polling(Clock.systemUTC(), POLL);
        while (follow) {
            for (LogTail tail : tails) {
                tail.more().forEach(line -> out.println(prefix.formatted(tail.name()) + line));
            }
            out.flush();
            polling.pause();
        }
        return CommandLine.ExitCode.OK;
    }

    private List<ServiceKind> wanted() {
        return service == null ? List.of(ServiceKind.values()) : List.of(ServiceKind.named(service));
    }
}
