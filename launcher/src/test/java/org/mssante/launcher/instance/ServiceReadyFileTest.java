package org.mssante.launcher.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceReadyFileTest {
    private final ProcessHandle process = ProcessHandle.current();

    @TempDir
    private Path folder;

    @Test
    void tellsHowLongTheProcessTookFromItsStart() throws IOException {
        Instant start = process.info().startInstant().orElseThrow();
        write(process.pid() + " " + start.plusSeconds(7) + "\n");
        assertThat(file().readyAfter(process)).contains(Duration.ofSeconds(7));
    }

    @Test
    void whatAnotherProcessWroteSaysNothing() throws IOException {
        write((process.pid() + 1) + " " + Instant.now() + "\n");
        assertThat(file().readyAfter(process)).isEmpty();
    }

    @Test
    void nobodyIsReadyBeforeTheFileIsWhole() throws IOException {
        assertThat(file().readyAfter(process)).isEmpty();
        write(Long.toString(process.pid()));
        assertThat(file().readyAfter(process)).isEmpty();
        write(process.pid() + " 2026-01");
        assertThat(file().readyAfter(process)).isEmpty();
    }

    private ServiceReadyFile file() {
        return new ServiceReadyFile(folder);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("ready"), text);
    }
}
