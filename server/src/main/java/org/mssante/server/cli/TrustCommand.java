package org.mssante.server.cli;

import org.mssante.core.settings.StartupFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code trust verify} and {@code trust check}: the trust list and certificates judged offline, by the code that judges
 * them in the server. {@code trust status}, {@code confirm}, {@code history} and {@code explain}: what the server of an
 * instance decided and why. Exit code 0 says yes, 1 says no, 2 a wrong command line, 3 that the server does not answer.
 */
@Command(
        name = "mssante trust",
        description = "Shows the trust space of an instance; judges trust lists and certificates offline.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrustStatusCommand.class,
            TrustConfirmCommand.class,
            TrustHistoryCommand.class,
            TrustExplainCommand.class,
            TrustVerifyCommand.class,
            TrustCheckCommand.class
        })
public final class TrustCommand {
    static final int YES = 0;
    static final int NO = 1;
    static final int DOWN = 3;

    /** The command, ready to be run or put below another one. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TrustCommand());
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof StartupFailure failure) {
                command.getErr().println(failure.getMessage());
                return NO;
            }
            throw exception;
        });
        return commandLine;
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
