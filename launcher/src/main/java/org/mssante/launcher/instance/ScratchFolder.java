package org.mssante.launcher.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a service puts what it holds for a moment, large mails above all: {@code run/<service>/tmp}. What a process that was
 * killed left there is patients' mail that nobody will read again, so it goes before the next one starts.
 *
 * @param path the folder; made where it is missing
 */
record ScratchFolder(Path path) {

    /** Its contents are deleted; to be called only where no process of the service lives. */
    void empty() throws IOException {
        Files.createDirectories(path);
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.filter(file -> !file.equals(path))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
