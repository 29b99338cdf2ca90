package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code annuaire review}: our mailboxes beside the register. */
@Command(
        name = "review",
        description =
                "Lists mailboxes of ours whose holder or structure the register does not hold any more, several of "
                        + "one holder, and addresses that are published otherwise than we know them.")
final class ReviewCommand extends AnnuaireQuestion {
    @Override
    JsonNode ask(AnnuaireSocket annuaire) {
        return annuaire.get(List.of("register", "findings"), Map.of());
    }

    @Override
    void print(JsonNode findings, PrintWriter out) {
        TextTable table = new TextTable("FINDING", "ADDRESS", "DETAIL");
        findings.path("orphans")
                .forEach(orphan -> table.row("orphan", orphan.path("address").asText(), orphan(orphan)));
        findings.path("duplicates")
                .forEach(duplicate -> table.row(
                        "duplicate",
                        String.join(" ", texts(duplicate.path("addresses"))),
                        "one holder, " + duplicate.path("holder").asText()));
        findings.path("stale")
                .forEach(stale -> table.row(
                        "stale",
                        stale.path("address").asText(),
                        stale.path("why").asText()));
        texts(findings.path("unpublished"))
                .forEach(address -> table.row("unpublished", address, "not in the published extract"));
        if (table.size() == 0) {
            out.println("Our mailboxes and the register agree.");
        } else {
            table.print(out);
        }
    }

    private static String orphan(JsonNode orphan) {
        String suspension = orphan.path("suspension").asText();
        return orphan.path("motive").asText() + " since " + orphan.path("since").asText() + ", "
                + orphan.path("state").asText() + (suspension.isEmpty() ? "" : " until " + suspension);
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
