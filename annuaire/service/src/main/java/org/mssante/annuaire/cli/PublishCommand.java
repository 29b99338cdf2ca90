package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code annuaire publish}. Exit code 0 where all that was sent was accepted, 1 where something was not. */
@Command(
        name = "publish",
        description =
                "Says what the annuaire national is to be told of our mailboxes; with --send, tells it. A mailbox on the "
                        + "liste rouge never leaves.")
final class PublishCommand extends AnnuaireQuestion {
    private static final String ANSWER = "answer";

    @Option(names = "--send", description = "Send it; else nothing is sent.")
    private boolean send;

    @Override
    JsonNode ask(AnnuaireSocket annuaire) {
        List<String> path = List.of("publication");
        return send ? annuaire.post(path, Map.of()) : annuaire.get(path, Map.of());
    }

    @Override
    int exitCode(JsonNode lines) {
        boolean accepted =
                lines.valueStream().allMatch(line -> line.path(ANSWER).asText().equals("ACCEPTED"));
        return accepted || !send ? 0 : 1;
    }

    @Override
    void print(JsonNode lines, PrintWriter out) {
        if (lines.isEmpty()) {
            out.println("The annuaire national has taken all that we publish.");
            return;
        }
        TextTable table = new TextTable("ACTION", "ADDRESS", "TYPE", "AT", "TOLD LAST", send ? "ANSWER" : "", "");
        lines.forEach(line -> table.row(
                line.path("action").asText(),
                line.path("address").asText(),
                line.path("type").asText(),
                line.path("carrier").asText(),
                line.path("last").asText(),
                send ? line.path(ANSWER).asText() : "",
                send ? line.path("words").asText() : ""));
        table.print(out);
        if (!send) {
            out.println("Nothing was sent: --send does it.");
        }
    }
}
