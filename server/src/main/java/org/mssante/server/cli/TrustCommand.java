package org.mssante.server.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Function;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailDomain;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.DistinguishedName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

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
            if (exception instanceof NoSuchFileException missing) {
                command.getErr()
                        .println("There is no " + missing.getFile()
                                + ": start the instance (./mssante up), or name it with --run-dir.");
                return NO;
            }
            if (exception instanceof IOException unreadable) {
                command.getErr().println("A file cannot be read or written (" + unreadable + "): check its rights.");
                return NO;
            }
            throw exception;
        });
        commandLine.registerConverter(MailDomain.class, text -> converted("domain", text, MailDomain::new));
        commandLine.registerConverter(
                DistinguishedName.class, text -> converted("name", text, DistinguishedName::parse));
        return commandLine;
    }

    private static <T> T converted(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidIdentifierException e) {
            throw new TypeConversionException("'" + text + "' is no " + what + ": " + e.getMessage());
        }
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
