package org.mssante.launcher.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path home;

    private ClassArchive archive;
    private Path file;
    private Path library;

    @BeforeEach
    void build() throws IOException {
        archive = ClassArchive.of(home, ServiceKind.STORE);
        Path jar = ServiceKind.STORE.jar(home);
        library = jar.resolveSibling("lib/core.jar");
        write(library, BUILT);
        write(jar, BUILT);
        file = Path.of(archive.writing().get(0).substring("-XX:ArchiveClassesAtExit=".length()));
    }

    @Test
    void isUsedWhereItIsNewerThanTheBuild() throws IOException {
        write(file, BUILT.plusSeconds(1));
        assertThat(archive.isCurrent()).isTrue();
        assertThat(archive.reading()).contains("-XX:SharedArchiveFile=" + file);
    }

    @Test
    void isNotAskedForWhereThereIsNone() {
        assertThat(archive.isCurrent()).isFalse();
        assertThat(archive.reading()).isEmpty();
    }

    @Test
    void isNotUsedOnceALibraryIsNewer() throws IOException {
        write(file, BUILT.plusSeconds(1));
        write(library, BUILT.plusSeconds(2));
        assertThat(archive.reading()).isEmpty();
    }

    @Test
    void isNotUsedByAnotherJava() {
        assertThat(file.getFileName()).asString().contains(Runtime.version().toString());
    }

    private static void write(Path path, Instant time) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        Files.setLastModifiedTime(path, FileTime.from(time));
    }
}
