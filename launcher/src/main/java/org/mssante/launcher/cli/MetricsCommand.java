package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mssante.launcher.control.ControlDesk;
import org.mssante.launcher.instance.ServiceKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mssante metrics}. */
@Command(name = "metrics", description = "Prints the numbers of one service as OpenMetrics text.")
final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            defaultValue = "server",
            description = "annuaire, store, bridge or server (default: ${DEFAULT-VALUE}).")
    private String service;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(new ControlDesk(options.instance(), ServiceKind.named(service)).text("metrics"));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
