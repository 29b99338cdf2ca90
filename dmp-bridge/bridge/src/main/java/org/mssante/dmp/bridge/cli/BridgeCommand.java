package org.mssante.dmp.bridge.cli;

import org.mssante.core.settings.StartupFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The bridge's commands. */
@Command(
        name = "mssante",
        description = "What the DMP bridge would file, and what the DMP holds.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            BridgeCommand.Cda.class,
            BridgeCommand.Xdm.class,
            BridgeCommand.Mail.class,
            BridgeCommand.Dmp.class
        })
public final class BridgeCommand {
    /** A command that has nothing of its own but what stands below it. */
    @Command(name = "cda", description = "CDA documents.", subcommands = InspectCdaCommand.class)
    static final class Cda {}

    @Command(name = "xdm", description = "IHE XDM packages.", subcommands = InspectXdmCommand.class)
    static final class Xdm {}

    @Command(name = "mail", description = "Whole mails.", subcommands = InspectMailCommand.class)
    static final class Mail {}

    @Command(
            name = "dmp",
            description = "The DMP, and the documents on their way to it.",
            subcommands = {
                ListDocumentsCommand.class,
                GetDocumentCommand.class,
                QueueCommand.class,
                ShowDocumentCommand.class,
                ExplainDocumentCommand.class,
                RetryCommand.class,
                FileDocumentCommand.class,
                DiscardDocumentCommand.class
            })
    static final class Dmp {}

    public static void main(String[] args) {
        // before the first logger is made: the service's own configuration would log on standard output
        System.setProperty("logback.configurationFile", "org/mssante/dmp/bridge/cli/logback.xml");
        System.exit(run(args));
    }

    /** Runs one command; the exit code is returned. */
    public static int run(String... args) {
        return new CommandLine(new BridgeCommand())
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (failure instanceof StartupFailure) {
                        command.getErr().println(failure.getMessage());
                        return ExitCode.USAGE;
                    }
                    throw failure;
                })
                .execute(args);
    }
}
