package org.mssante.launcher.cli;

import java.util.concurrent.Callable;
import org.mssante.launcher.CommandFailure;
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
@Command(name = "explain", description = "Shows one message's life across the services, with codes and sentences.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Parameters(paramLabel = "MESSAGE-ID", description = "With or without angle brackets.")
    private String messageId;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instance instance = options.instance();
        MessageLife life = MessageLife.read(instance.runDir(), messageId);
        if (life.lines().isEmpty()) {
            throw new CommandFailure("No trace in " + instance.runDir() + " names the message <" + life.messageId()
                    + ">: compare the Message-ID, or name the instance with --run-dir.");
        }
        Timeline timeline = new Timeline(life);
        if (json) {
            timeline.printJson(spec.commandLine().getOut());
        } else {
            timeline.printText(spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }
}
