package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code annuaire report}: what the last looks at the register found. */
@Command(name = "report", description = "Shows what the last looks at the register found and changed, the newest last.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions instance;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs is 1 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        JsonNode found = new RegisterQuestion(instance.runDir()).runs(runs);
        if (json) {
            out.println(found);
        } else {
            found.forEach(run -> RunText.print(run, out));
        }
        out.flush();
        return 0;
    }
}
