package org.mssante.certs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.mssante.certs.DevelopmentPki;
import org.mssante.certs.PkiReport;
import org.mssante.core.settings.StartupFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mssante certs}: makes what is missing of the development certificates. */
@Command(
        name = "mssante certs",
        mixinStandardHelpOptions = true,
        description = "Makes the development certificates of an instance; what is there already stays as it is.")
public final class CertsCommand implements Callable<Integer> {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:mssante.home:-.}/run",
            description = "Folder of the instance (default: ${DEFAULT-VALUE}).")
    private Path runDir;

    @Option(names = "--force", description = "Discard all keys and certificates and make new ones.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new CertsCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartupFailure) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }

    @Override
    public Integer call() {
        Path folder = runDir.toAbsolutePath().normalize().resolve("certs");
        DevelopmentPki pki = new DevelopmentPki(folder, Clock.systemUTC());
        PkiReport report = force ? pki.replace() : pki.complete();
        PrintWriter out = spec.commandLine().getOut();
        report.made().forEach(name -> out.println("made " + name));
        if (report.changedNothing()) {
            out.println("Nothing to do: the certificates in " + folder + " are complete (--force makes new ones).");
        } else {
            out.println("The certificates are in " + folder + ".");
        }
        return CommandLine.ExitCode.OK;
    }
}
