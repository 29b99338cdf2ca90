package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the running annuaire and prints what it says, for people or as JSON. */
@Command
abstract class AnnuaireQuestion implements Callable<Integer> {
    @Mixin
    private InstanceOptions instance;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        JsonNode answer = ask(new AnnuaireSocket(instance.runDir()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer);
        } else {
            print(answer, out);
        }
        out.flush();
        return exitCode(answer);
    }

    abstract JsonNode ask(AnnuaireSocket annuaire);

    /** One thing, a property a line; what it does not have is left out. */
    void print(JsonNode answer, PrintWriter out) {
        answer.properties().forEach(property -> {
            if (!property.getValue().asText().isEmpty()) {
                out.println(property.getKey() + ": " + property.getValue().asText());
            }
        });
    }

    int exitCode(JsonNode answer) {
        return 0;
    }
}
