package org.mssante.launcher.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessFileTest {
    @TempDir
    private Path folder;

    @Test
    void findsTheLivingProcess() {
        ServiceProcessFile file = new ServiceProcessFile(folder);
        file.write(ProcessHandle.current());
        assertThat(file.living()).contains(ProcessHandle.current());
    }

    @Test
    void doesNotTakeALaterProcessWithTheSameNumberForTheService() throws IOException {
        Files.writeString(folder.resolve("pid"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");
        assertThat(new ServiceProcessFile(folder).living()).isEmpty();
    }

    @Test
    void aProcessThatHasEndedDoesNotLive() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ServiceProcessFile file = new ServiceProcessFile(folder);
        file.write(process.toHandle());
        assertThat(file.living()).contains(process.toHandle());
        process.destroyForcibly();
        await().until(() -> file.living().isEmpty());
    }

    @Test
    void nobodyLivesWithoutAReadableFile() throws IOException {
        assertThat(new ServiceProcessFile(folder).living()).isEmpty();
        Files.writeString(folder.resolve("pid"), "12");
        assertThat(new ServiceProcessFile(folder).living()).isEmpty();
    }
}
