package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.mssante.annuaire.source.RegisterSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code annuaire fetch}: asks the sources of the register now. Exit code 0 where each has answered, 1 where not. */
@Command(
        name = "fetch",
        description =
                "Asks the sources of the register whether they have a new edition; one that comes is looked at at "
                        + "once.")
final class FetchCommand extends AnnuaireQuestion {
    private static final List<String> PATH = List.of("register", "sources");

    @Option(names = "--status", description = "Ask nobody, say how the sources stand.")
    private boolean status;

    @Override
    JsonNode ask(AnnuaireSocket annuaire) {
        return status ? annuaire.get(PATH, Map.of()) : annuaire.post(PATH, Map.of());
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        if (answer.isEmpty()) {
            out.println(
                    "The extracts are not fetched: neither register.fetch.* nor register.fhir.url names an address.");
        }
        for (JsonNode source : answer) {
            String end = source.path("end").asText();
            out.println(source.path("source").asText() + ": " + words(source, end));
            out.println("  address: " + source.path("address").asText());
            line(out, "edition of", source.path("edition").asText());
            line(out, "asked", source.path("asked").asText());
            line(out, "fault", source.path("fault").asText());
        }
    }

    @Override
    int exitCode(JsonNode answer) {
        for (JsonNode source : answer) {
            if (!source.path("fault").asText().isEmpty()) {
                return 1;
            }
        }
        return 0;
    }

    private static String words(JsonNode source, String end) {
        if (!end.isEmpty()) {
            return RegisterSource.End.valueOf(end).words();
        }
        return source.path("fault").asText().isEmpty() ? "in order" : RegisterSource.End.FAILED.words();
    }

    private static void line(PrintWriter out, String what, String value) {
        if (!value.isEmpty()) {
            out.println("  " + what + ": " + value);
        }
    }
}
