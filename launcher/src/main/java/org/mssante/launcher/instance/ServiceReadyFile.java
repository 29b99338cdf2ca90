package org.mssante.launcher.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code run/<service>/ready}: the process that wrote it, and when; a service writes it once every port answers. */
final class ServiceReadyFile {
    private final Path file;

    ServiceReadyFile(Path serviceFolder) {
        this.file = serviceFolder.resolve("ready");
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** How long the process took to be ready; empty where it is not, or another process wrote the file. */
    Optional<Duration> readyAfter(ProcessHandle process) {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 2);
            if (words.length < 2 || !words[0].equals(Long.toString(process.pid()))) {
                return Optional.empty();
            }
            Instant ready = Instant.parse(words[1]);
            // a system that does not tell when a process began gives zero, never a guess
            return Optional.of(Duration.between(process.info().startInstant().orElse(ready), ready));
        } catch (IOException | DateTimeException e) {
            // no file, or one that is just being written
            return Optional.empty();
        }
    }
}
