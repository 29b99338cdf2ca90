package org.mssante.launcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options every command has: which instance, and help. */
@Command(mixinStandardHelpOptions = true)
final class InstanceOptions {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:mssante.home:-.}/run",
            description = "Folder of the instance (default: ${DEFAULT-VALUE}).")
    private Path runDir;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            description = "Folder of the configuration (default: the one the instance was started with, else conf).")
    private Optional<Path> confDir;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port; best in thousands, so that no two instances share one "
                    + "(default: the one the instance was started with, else 0).")
    private Optional<Integer> portOffset;

    Instance instance() {
        OptionalInt offset = portOffset.map(OptionalInt::of).orElse(OptionalInt.empty());
        return file().resolve(home(), confDir, offset);
    }

    InstanceFile file() {
        return new InstanceFile(runDir);
    }

    /** {@code ./mssante} says where the project lies; without it the working directory is the project. */
    private static Path home() {
        return Path.of(System.getProperty("mssante.home", ""));
    }
}
