package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.mssante.launcher.instance.InstanceRunner;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.instance.ServiceState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mssante down}. */
@Command(
        name = "down",
        description = "Stops the services of an instance in order; exit code 1 if one had to be killed.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        InstanceRunner runner = new InstanceStart(options.file(), options.instance(), Clock.systemUTC(), out).runner();
        if (runner.runners().stream().map(ServiceRunner::state).noneMatch(ServiceState::alive)) {
            out.println("Nothing is running.");
            return CommandLine.ExitCode.OK;
        }
        List<ServiceKind> killed = runner.down();
        return killed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
