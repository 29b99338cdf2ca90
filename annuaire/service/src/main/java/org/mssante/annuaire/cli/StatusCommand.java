package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.sync.SyncRun;
import org.mssante.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code annuaire status}: that it answers, how many entries it holds, of which edition, and whether another one waits. */
@Command(
        name = "status",
        description =
                "Says whether the annuaire answers, what it holds, of which edition, and whether another one waits.")
final class StatusCommand implements Callable<Integer> {
    private static final String COUNT = "numSubordinates";
    private static final int MOST_RUNS = 1_000;

    @Mixin
    private InstanceOptions instance;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = instance.settings();
        PrintWriter out = spec.commandLine().getOut();
        try (DirectoryConnection directory = DirectoryConnection.open(settings)) {
            out.println("The annuaire answers on ldaps://" + settings.text("listen.address") + ":"
                    + settings.port("ldaps.port") + "/" + LdapNames.BASE);
            print(out, directory, "professionals", LdapNames.PROFESSIONALS);
            print(out, directory, "structures", LdapNames.STRUCTURES);
            print(out, directory, "mailboxes", LdapNames.MAILBOXES);
        }
        printEditions(out, new RegisterQuestion(instance.runDir()).runs(MOST_RUNS));
        return 0;
    }

    private static void printEditions(PrintWriter out, JsonNode runs) {
        Optional<JsonNode> inForce = Optional.empty();
        Optional<JsonNode> last = Optional.empty();
        for (JsonNode run : runs) {
            SyncRun.End end = end(run);
            inForce = end == SyncRun.End.APPLIED ? Optional.of(run) : inForce;
            last = end == SyncRun.End.REHEARSED ? last : Optional.of(run);
        }
        out.println(inForce.map(run -> "The edition in force was looked at on "
                        + run.path("started").asText() + ": "
                        + String.join(", ", run.path("extracts").findValuesAsText("file")))
                .orElse(
                        runs.size() < MOST_RUNS
                                ? "No edition of the register has been taken over."
                                : "None of the last " + MOST_RUNS
                                        + " looks has taken over an edition: an older one is in force, if any."));
        last.filter(run -> end(run) == SyncRun.End.HELD || end(run) == SyncRun.End.FAILED)
                .ifPresent(run -> {
                    out.println("The last look, on " + run.path("started").asText() + ": " + end(run).sentence());
                    run.path("remarks").forEach(remark -> out.println("  ! " + remark.asText()));
                });
    }

    private static SyncRun.End end(JsonNode run) {
        return SyncRun.End.valueOf(run.path("end").asText());
    }

    private static void print(PrintWriter out, DirectoryConnection directory, String what, String branch) {
        String count = directory.entry(LdapNames.branchDn(branch), COUNT).getAttributeValue(COUNT);
        out.println("  " + what + ": " + count);
    }
}
