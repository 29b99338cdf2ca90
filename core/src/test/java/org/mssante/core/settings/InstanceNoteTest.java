package org.mssante.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceNoteTest {
    @TempDir
    private Path folder;

    @Test
    void anInstanceThatWasNeverStartedHasTheDefaults() {
        assertThat(InstanceNote.read(folder, defaults())).isEqualTo(defaults());
    }

    @Test
    void remembersWhatAnInstanceWasStartedWith() {
        InstanceNote note = new InstanceNote(folder.resolve("autre é"), 2_000);
        note.write(folder.resolve("run"));
        assertThat(InstanceNote.read(folder.resolve("run"), defaults())).isEqualTo(note);
    }

    @Test
    void refusesOffsetsThatLeaveNoPorts() {
        assertThat(new InstanceNote(folder, 50_000).portOffset()).isEqualTo(50_000);
        assertThatThrownBy(() -> new InstanceNote(folder, 50_001)).isInstanceOf(StartupFailure.class);
        assertThatThrownBy(() -> new InstanceNote(folder, -1)).isInstanceOf(StartupFailure.class);
    }

    @Test
    void saysWhatToDoWithADamagedNote() throws IOException {
        Files.writeString(folder.resolve("instance.properties"), "port.offset=x\n");
        assertThatThrownBy(() -> InstanceNote.read(folder, defaults()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("remove it");
    }

    private InstanceNote defaults() {
        return new InstanceNote(folder.resolve("conf"), 0);
    }
}
