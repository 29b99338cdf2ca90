package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.mssante.launcher.backup.Backup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mssante backup}. */
@Command(
        name = "backup",
        description = "Copies the databases, the traces and the trust list of an instance, running or not, into a new "
                + "folder.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Parameters(paramLabel = "FOLDER", description = "New or empty; the services must be allowed to write there.")
    private Path folder;

    @Option(
            names = "--with-keys",
            description = "Also the secrets and private keys below the run folder; without it they are left out.")
    private boolean withKeys;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new Backup(options.instance(), Clock.systemUTC(), line -> {
                    out.println(line);
                    out.flush();
                })
                .to(folder, withKeys);
        out.println("The backup in " + folder + " is whole. "
                + (withKeys
                        ? "It holds secrets and private keys: guard it like them."
                        : "Secrets, private keys and the configuration are not in it: keep them elsewhere."));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
