package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mssante.core.settings.InstanceNote;
import org.mssante.dmp.bridge.BridgeSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which instance's bridge a command speaks for: as the command line says, else as the instance was started. */
final class ConfigurationOption {
    @Mixin
    private RunDirOption instance = new RunDirOption();

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            description = "Folder of the configuration (default: the one the instance was started with, else conf).")
    private Optional<Path> confDir = Optional.empty();

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port (default: the one the instance was started with, else 0).")
    private Optional<Integer> portOffset = Optional.empty();

    BridgeSettings settings() {
        Path run = instance.runDir();
        Path home = Path.of(System.getProperty("mssante.home", ""));
        InstanceNote noted = InstanceNote.of(run, home);
        InstanceNote wanted = new InstanceNote(confDir.orElse(noted.confDir()), portOffset.orElse(noted.portOffset()));
        return BridgeSettings.from(wanted.settings("bridge", run));
    }
}
