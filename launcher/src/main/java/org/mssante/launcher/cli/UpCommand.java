package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.mssante.launcher.control.InstanceHealth;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante up}. */
@Command(name = "up", description = "Starts the services of an instance and waits until they are ready.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "How long to wait for the services; what is not ready then is stopped. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Instance instance = options.instance();
        InstanceRunner.Limits limits = InstanceRunner.Limits.starting(Duration.ofSeconds(patience));
        new InstanceStart(options.file(), instance, limits, Clock.systemUTC(), out).run();
        out.println("The services are up: ./mssante status shows them, ./mssante down stops them.");
        // what does not keep them from starting may still need somebody, e.g. a trust list that cannot be taken
        HealthCommand.print(InstanceHealth.of(instance), out);
        return CommandLine.ExitCode.OK;
    }
}
