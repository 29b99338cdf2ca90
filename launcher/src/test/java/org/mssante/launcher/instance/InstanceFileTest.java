package org.mssante.launcher.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFileTest {
    @TempDir
    private Path folder;

    @Test
    void aNewInstanceHasTheDefaults() {
        Instance instance = file().resolve(folder, Optional.empty(), OptionalInt.empty());
        assertThat(instance).isEqualTo(new Instance(folder, folder.resolve("run"), folder.resolve("conf"), 0));
    }

    @Test
    void anInstanceRemembersHowItWasStarted() {
        Instance started = file().resolve(folder, Optional.of(folder.resolve("other")), OptionalInt.of(2000));
        file().save(started);
        assertThat(file().resolve(folder, Optional.empty(), OptionalInt.empty()))
                .isEqualTo(started);
    }

    @Test
    void theCommandLineGoesBeforeWhatIsRemembered() {
        file().save(new Instance(folder, folder.resolve("run"), folder.resolve("conf"), 2000));
        assertThat(file().resolve(folder, Optional.empty(), OptionalInt.of(10)).portOffset())
                .isEqualTo(10);
    }

    private InstanceFile file() {
        return new InstanceFile(folder.resolve("run"));
    }
}
