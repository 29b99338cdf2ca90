package org.mssante.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mssante.core.health.Alarm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which list is in force, how fresh it and the revocation lists are, and what needs attention. */
@Command(
        name = "status",
        description =
                "Shows the trust list in force, the revocation lists, what is wrong with the source and the alarms; exit "
                        + "code 0 where nothing is wrong, 1 where something is, 3 where the server does not answer.",
        mixinStandardHelpOptions = true)
final class TrustStatusCommand implements Callable<Integer> {
    @Mixin
    private final TrustFolder folder = new TrustFolder();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** picocli makes it. */
    TrustStatusCommand() {}

    @Override
    public Integer call() {
        ObjectNode status = folder.status();
        boolean answers = folder.serverAnswers();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status.put("serverAnswers", answers));
        } else {
            print(status, answers, out);
        }
        out.flush();
        if (!answers) {
            return TrustCommand.DOWN;
        }
        boolean allIsWell = status.path("alarms").isEmpty() && !status.has("problem");
        return allIsWell ? TrustCommand.YES : TrustCommand.NO;
    }

    private static void print(JsonNode status, boolean answers, PrintWriter out) {
        if (!answers) {
            out.println("The server does not answer (" + Alarm.SERVICE_SILENT.code()
                    + "): what follows is the last it said. ./mssante status shows whether it runs.");
        }
        out.println("As the server saw it at " + status.path("at").asText());
        fields("Trust list", status.path("list"), out);
        if (status.has("problem")) {
            fields("Why nothing newer comes into force", status.path("problem"), out);
        }
        if (status.has("waiting")) {
            fields("Waiting for ./mssante trust confirm", status.path("waiting"), out);
        }
        for (JsonNode list : status.path("revocationLists")) {
            fields("Revocation list", list, out);
        }
        status.path("failures").forEach(failure -> out.println("Not fetched: " + failure.asText()));
        status.path("alarms").forEach(alarm -> out.println("ALARM: " + alarm.asText()));
    }

    private static void fields(String title, JsonNode object, PrintWriter out) {
        out.println(title);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String value = field.getValue().isValueNode()
                    ? field.getValue().asText()
                    : field.getValue().toString();
            out.printf("  %-14s %s%n", field.getKey(), value);
        }
    }
}
