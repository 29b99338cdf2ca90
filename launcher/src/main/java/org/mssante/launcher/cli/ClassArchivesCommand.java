package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.mssante.launcher.instance.ClassArchives;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mssante class-archives}, the last step of a build. */
@Command(
        name = "class-archives",
        description = "Lets the services of this build start faster: starts and ends an instance once and keeps the "
                + "classes they load. Every build does it.")
final class ClassArchivesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new ClassArchives(Path.of(System.getProperty("mssante.home")), Clock.systemUTC(), line -> {
                    out.println("  " + line);
                    out.flush();
                })
                .complete();
        return CommandLine.ExitCode.OK;
    }
}
