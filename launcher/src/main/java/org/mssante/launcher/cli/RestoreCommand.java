package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.mssante.launcher.backup.Restore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mssante restore}. */
@Command(
        name = "restore",
        description = "Puts a backup into an instance that is down; verifies it first, and changes all or nothing.")
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Parameters(paramLabel = "FOLDER", description = "What ./mssante backup wrote.")
    private Path folder;

    @Option(
            names = "--force",
            description = "Even where the instance is not empty: its files are moved aside, its PostgreSQL databases "
                    + "replaced.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new Restore(options.instance(), Clock.systemUTC(), line -> {
                    out.println(line);
                    out.flush();
                })
                .from(folder, force);
        return CommandLine.ExitCode.OK;
    }
}
