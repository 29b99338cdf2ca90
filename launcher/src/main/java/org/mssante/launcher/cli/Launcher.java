package org.mssante.launcher.cli;

import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.settings.StartupFailure;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class behind {@code ./mssante}. Exit codes: 0 done, 1 not done, 2 wrong command line. */
@Command(
        name = "mssante",
        mixinStandardHelpOptions = true,
        description = "An open MSSanté operator on this machine.",
        footer = {
            "",
            "Commands of the services themselves (each with its own --help):",
            "  dmp, cda, xdm, mail     what the DMP store holds; what would be filed",
            "  annuaire, mailbox       the directory and our mailboxes",
            "  administrator           who administers mailboxes over the network",
            "  trust                   the trust list",
            "  certs                   the development certificates"
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            MetricsCommand.class,
            LogsCommand.class,
            QueueCommand.class,
            QuotaCommand.class,
            QuarantineCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SendCommand.class,
            ExplainCommand.class,
            AutoconfigCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            ClassArchivesCommand.class
        })
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** All commands, to be executed in this process. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Launcher());
        line.getCommandSpec().version(Version.text());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure
                    || failure instanceof StartupFailure
                    || failure instanceof InvalidIdentifierException) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}
