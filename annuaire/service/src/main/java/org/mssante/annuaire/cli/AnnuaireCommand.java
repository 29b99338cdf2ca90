package org.mssante.annuaire.cli;

import org.mssante.core.settings.StartupFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./mssante annuaire …}, {@code ./mssante mailbox …} and {@code ./mssante administrator …} start. */
@Command(
        name = "mssante",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {AnnuaireCommand.Annuaire.class, MailboxCommand.class, AdministratorCommand.class})
public final class AnnuaireCommand {
    /** The directory. */
    @Command(
            name = "annuaire",
            description = "Asks the directory of professionals and mailboxes, and keeps it in step with the register.",
            subcommands = {
                StatusCommand.class,
                SearchCommand.class,
                FetchCommand.class,
                SyncCommand.class,
                ReportCommand.class,
                ReviewCommand.class,
                PublishCommand.class,
                GenerateCommand.class
            })
    static final class Annuaire {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new AnnuaireCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure || failure instanceof StartupFailure) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}
