package org.mssante.launcher.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    Path runDir;

    @Test
    void whatAKilledProcessLeftIsGoneBeforeTheNextStart() throws IOException {
        Path left = Files.createDirectories(runDir.resolve("server/tmp/work/deeper"));
        Files.writeString(left.resolve("mail.body"), "a patient's mail");
        Files.writeString(runDir.resolve("server/tmp/literal"), "another");
        Files.writeString(runDir.resolve("server/kept"), "not scratch");

        new ScratchFolder(runDir.resolve("server/tmp")).empty();

        assertThat(runDir.resolve("server/tmp")).isEmptyDirectory();
        assertThat(runDir.resolve("server/kept")).exists();
    }

    @Test
    void itIsMadeWhereThereIsNone() throws IOException {
        new ScratchFolder(runDir.resolve("store/tmp")).empty();
        assertThat(runDir.resolve("store/tmp")).isEmptyDirectory();
    }

    @Test
    void whatALinkPointsToStays() throws IOException {
        Path elsewhere = Files.writeString(runDir.resolve("elsewhere"), "kept");
        Files.createDirectories(runDir.resolve("tmp"));
        Files.createSymbolicLink(runDir.resolve("tmp/link"), elsewhere);

        new ScratchFolder(runDir.resolve("tmp")).empty();

        assertThat(runDir.resolve("tmp")).isEmptyDirectory();
        assertThat(elsewhere).hasContent("kept");
    }

    @Test
    void aServiceUsesItsOwnAndNotTheSystems() {
        Instance instance = new Instance(runDir, runDir.resolve("run"), runDir.resolve("conf"), 0);
        assertThat(new ServiceRunner(instance, ServiceKind.SERVER).command())
                .contains("-Djava.io.tmpdir=" + runDir.resolve("run/server/tmp"));
    }
}
