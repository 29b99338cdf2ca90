package org.mssante.launcher.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of one service as the JVM keeps them between two runs (class data sharing, JEP 350), beside the built jar.
 * A service that has one is ready in about two thirds of the time. It holds for one build and one version of Java.
 */
record ClassArchive(Path jar, Path libraries) {

    static ClassArchive of(Path home, ServiceKind kind) {
        Path jar = kind.jar(home);
        return new ClassArchive(jar, jar.resolveSibling("lib"));
    }

    /** Whether the archive is there, readable and no older than what it was made of. */
    boolean isCurrent() {
        return Files.isReadable(file()) && modified(file()).compareTo(newestSource()) >= 0;
    }

    /** The JVM's options for a run that uses the archive; none where there is no current one. */
    List<String> reading() {
        return isCurrent() ? List.of("-XX:SharedArchiveFile=" + file(), "-Xshare:auto") : List.of();
    }

    /** The JVM's options for a run that writes the archive when it ends. */
    List<String> writing() {
        return List.of("-XX:ArchiveClassesAtExit=" + file());
    }

    private Path file() {
        return jar.resolveSibling("classes-" + Runtime.version() + ".jsa");
    }

    private FileTime newestSource() {
        try (Stream<Path> jars = Files.list(libraries)) {
            return Stream.concat(Stream.of(jar), jars)
                    .map(ClassArchive::modified)
                    .max(FileTime::compareTo)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("The built jars in " + libraries + " cannot be listed", e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The time of " + file + " cannot be read", e);
        }
    }
}
