package org.mssante.launcher.instance;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.mssante.core.settings.InstanceNote;

/** Finds an instance by its run folder and remembers how it was started. */
public final class InstanceFile {
    private final Path runDir;

    public InstanceFile(Path runDir) {
        this.runDir = runDir.toAbsolutePath().normalize();
    }

    /**
     * The instance as the command line says, else as it was started, else with the defaults.
     *
     * @param home the project's folder; its {@code conf} is the default configuration
     */
    public Instance resolve(Path home, Optional<Path> confDir, OptionalInt portOffset) {
        InstanceNote noted = InstanceNote.of(runDir, home);
        InstanceNote wanted = new InstanceNote(confDir.orElse(noted.confDir()), portOffset.orElse(noted.portOffset()));
        return new Instance(home, runDir, wanted.confDir(), wanted.portOffset());
    }

    public void save(Instance instance) {
        new InstanceNote(instance.confDir(), instance.portOffset()).write(runDir);
    }
}
