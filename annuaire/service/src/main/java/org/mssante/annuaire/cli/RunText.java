package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;

/** A look at the register, for people. */
final class RunText {
    private RunText() {}

    static void print(JsonNode run, PrintWriter out) {
        out.println(run.path("started").asText() + ", " + run.path("end").asText() + " after "
                + Duration.ofMillis(run.path("milliseconds").asLong()).toSeconds() + " s, wanted by "
                + run.path("actor").asText());
        run.path("remarks").forEach(remark -> out.println("  ! " + remark.asText()));
        for (JsonNode read : run.path("extracts")) {
            out.println(
                    "  " + read.path("file").asText() + ": " + read.path("rows").asLong() + " lines, "
                            + read.path("quarantined").asLong() + " left out, "
                            + read.path("malformed").asLong()
                            + " malformed characters, " + read.path("wrongKeys").asLong() + " wrong keys");
            read.path("firstFaults").forEach(fault -> out.println("    " + fault.asText()));
        }
        if (!run.path("changes").isEmpty()) {
            TextTable table = new TextTable("ENTRIES", "NEW", "CHANGED", "GONE", "SAME");
            run.path("changes")
                    .properties()
                    .forEach(kind -> table.row(
                            kind.getKey(),
                            kind.getValue().path("added").asText(),
                            kind.getValue().path("changed").asText(),
                            kind.getValue().path("removed").asText(),
                            kind.getValue().path("same").asText()));
            table.print(out);
        }
    }
}
