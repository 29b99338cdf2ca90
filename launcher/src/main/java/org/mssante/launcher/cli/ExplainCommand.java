package org.mssante.launcher.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.trace.TraceLine;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.explain.Correspondence;
import org.mssante.launcher.explain.MessageLife;
import org.mssante.launcher.explain.Timeline;
import org.mssante.launcher.instance.Instance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mssante explain}. */
@Command(
        name = "explain",
        description =
                "Shows what became of a message, or what happened between two addresses, with codes and sentences.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Parameters(arity = "0..1", paramLabel = "MESSAGE-ID", description = "With or without angle brackets.")
    private Optional<String> messageId;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "Instead of a Message-ID: the sender, or a part of it such as the domain.")
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "The same of a recipient.")
    private Optional<String> to;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description = "How far back to look for addresses (default: ${DEFAULT-VALUE}).")
    private Duration since;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instance instance = options.instance();
        Timeline timeline = messageId.isPresent() ? ofMessage(instance, messageId.get()) : ofAddresses(instance);
        if (json) {
            timeline.printJson(spec.commandLine().getOut());
        } else {
            timeline.printText(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }

    private static Timeline ofMessage(Instance instance, String wanted) {
        MessageLife life = MessageLife.read(instance.runDir(), wanted);
        if (life.lines().isEmpty()) {
            throw new CommandFailure("No trace in " + instance.runDir() + " names the message <" + life.messageId()
                    + ">: compare the Message-ID, look for its addresses with --from and --to, or name the instance "
                    + "with --run-dir.");
        }
        return new Timeline(life);
    }

    private Timeline ofAddresses(Instance instance) {
        if (from.isEmpty() && to.isEmpty()) {
            throw new CommandFailure("Name a message by its Message-ID, or its addresses by --from and --to.");
        }
        List<TraceLine> lines =
                new Correspondence(from, to, Clock.systemUTC().instant().minus(since)).read(instance.runDir());
        if (lines.isEmpty()) {
            throw new CommandFailure("No trace in " + instance.runDir()
                    + " names those addresses: look further back with --since, or name the instance with --run-dir.");
        }
        return new Timeline(lines);
    }
}
