package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.SyncRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code annuaire sync}: looks at the register now. Exit code 0 where the directory has its state, 1 where not. */
@Command(name = "sync", description = "Looks at the extracts of the register now and takes over what they change.")
final class SyncCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions instance;

    @ArgGroup
    private final Permission permission = new Permission();

    @Option(names = "--json", description = "The run as JSON; progress stays on stderr.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What the look may do. */
    static final class Permission {
        @Option(
                names = "--confirm",
                description = "Take over the edition that waits, whatever it changes; refused where the extracts are "
                        + "not those that were looked at.")
        private boolean confirm;

        @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
        private boolean dryRun;

        DirectoryView.Permission given() {
            if (confirm) {
                return DirectoryView.Permission.CONFIRMED;
            }
            return dryRun ? DirectoryView.Permission.NONE : DirectoryView.Permission.RULES;
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        JsonNode run = new RegisterQuestion(instance.runDir())
                .look(permission.given().name(), line -> {
                    err.println(line);
                    err.flush();
                });
        SyncRun.End end = SyncRun.End.valueOf(run.path("end").asText());
        if (json) {
            out.println(run);
        } else {
            RunText.print(run, out);
            out.println(end.sentence());
            if (end == SyncRun.End.REHEARSED && !run.path("remarks").isEmpty()) {
                out.println("This edition would wait for ./mssante annuaire sync --confirm.");
            }
        }
        out.flush();
        return end == SyncRun.End.HELD || end == SyncRun.End.FAILED ? 1 : 0;
    }
}
