package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.mssante.launcher.demo.Demonstration;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante demo}. */
@Command(
        name = "demo",
        description = "Starts the services, plays the main story and compares what is seen with what must be; "
                + "exit code 0 only if all agrees.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Option(names = "--once", description = "Stop the services at the end; without it they stay up.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Instance instance = options.instance();
        out.println("Starting the services ...");
        InstanceRunner runner = new InstanceStart(options.file(), instance, clock, out).run();
        boolean asExpected;
        try {
            asExpected = new Demonstration(instance, clock, out).play();
        } finally {
            if (once) {
                out.println();
                out.println("Stopping the services ...");
                runner.down();
            }
        }
        if (!once) {
            new ClientSettings(instance).print(out);
        }
        return asExpected ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
