package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mssante.launcher.control.InstanceHealth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante health}. */
@Command(
        name = "health",
        description = "Says what is wrong with the services, each with a code; exit code 0 all is well, 1 a warning, "
                + "3 something does not work.")
final class HealthCommand implements Callable<Integer> {
    static final int WARNING = 1;
    static final int DOWN = 3;

    @Mixin
    private InstanceOptions options;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        InstanceHealth health = InstanceHealth.of(options.instance());
        if (json) {
            out.println(health.json());
        } else {
            print(health, out);
        }
        out.flush();
        return exitCode(health);
    }

    static void print(InstanceHealth health, PrintWriter out) {
        health.findings().forEach(finding -> {
            out.println(finding.level().toUpperCase(Locale.ROOT) + "  " + finding.service() + "  " + finding.code()
                    + "  " + finding.english());
            if (!finding.detail().isEmpty()) {
                out.println("    " + finding.detail());
            }
        });
        if (health.findings().isEmpty()) {
            out.println("All is well.");
        }
    }

    static int exitCode(InstanceHealth health) {
        if (health.findings().isEmpty()) {
            return 0;
        }
        return health.isDown() ? DOWN : WARNING;
    }
}
