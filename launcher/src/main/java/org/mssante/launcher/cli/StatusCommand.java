package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.mssante.launcher.console.Table;
import org.mssante.launcher.control.InstanceHealth;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.instance.ServiceState;
import org.mssante.launcher.probe.PortAnswer;
import org.mssante.launcher.probe.PortProbe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mssante status}. */
@Command(name = "status", description = "Shows processes, ports and health; exit code 1 if anything does not work.")
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double MILLIS = 1000.0;
    private static final double MEGABYTE = 1024.0 * 1024.0;

    @Mixin
    private InstanceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Instance instance = options.instance();
        List<ServiceState> states = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            states.add(new ServiceRunner(instance, kind).state());
        }
        Table processes = new Table("SERVICE", "PID", "STATE", "READY AFTER", "RESIDENT");
        states.forEach(state -> processes.row(
                state.kind().folder(),
                pid(state),
                word(state),
                seconds(state.readyAfter()),
                megabytes(state.residentBytes())));
        processes.row("total", "", "", "", megabytes(total(states)));
        processes.print(out);

        boolean allUp = states.stream().allMatch(ServiceState::ready);
        if (states.stream().anyMatch(ServiceState::alive)) {
            out.println();
            allUp &= printPorts(instance, out);
            InstanceHealth health = InstanceHealth.of(instance);
            out.println();
            HealthCommand.print(health, out);
            out.flush();
            allUp &= !health.isDown();
        }
        return allUp ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean printPorts(Instance instance, PrintWriter out) {
        PortProbe probe = new PortProbe(instance, PATIENCE);
        Table ports = new Table("PORT", "ADDRESS", "ANSWER");
        boolean all = true;
        for (ServicePort port : ServicePort.values()) {
            PortAnswer answer = probe.ask(port);
            all &= answer.answers();
            ports.row(port.key(), answer.endpoint().toString(), (answer.answers() ? "" : "DOWN ") + answer.words());
        }
        ports.print(out);
        return all;
    }

    private static String pid(ServiceState state) {
        return state.alive() ? Long.toString(state.pid().getAsLong()) : "-";
    }

    private static String word(ServiceState state) {
        if (!state.alive()) {
            return "stopped";
        }
        return state.ready() ? "ready" : "starting";
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(time -> String.format("%.1f s", time.toMillis() / MILLIS))
                .orElse("-");
    }

    private static OptionalLong total(List<ServiceState> states) {
        return states.stream()
                .map(ServiceState::residentBytes)
                .flatMap(bytes -> bytes.stream().boxed())
                .mapToLong(Long::longValue)
                .reduce(Long::sum);
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format("%.0f MB", bytes.getAsLong() / MEGABYTE) : "-";
    }
}
