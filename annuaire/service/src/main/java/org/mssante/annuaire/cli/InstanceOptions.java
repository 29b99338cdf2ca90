package org.mssante.annuaire.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mssante.core.settings.InstanceNote;
import org.mssante.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which instance a command speaks to: as the command line says, else as {@code ./mssante up} has noted it. */
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
            description = "Added to every port (default: the one the instance was started with, else 0).")
    private Optional<Integer> portOffset;

    Path runDir() {
        return runDir.toAbsolutePath().normalize();
    }

    /** The settings of the instance's annuaire. */
    Settings settings() {
        Path run = runDir();
        Path home = Path.of(System.getProperty("mssante.home", ""));
        InstanceNote noted = InstanceNote.of(run, home);
        InstanceNote wanted = new InstanceNote(confDir.orElse(noted.confDir()), portOffset.orElse(noted.portOffset()));
        return wanted.settings("annuaire", run);
    }
}
