package org.mssante.launcher.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code run/<service>/pid}: process id and start time of the last process the launcher started. The start time keeps a
 * later process with the same number from being taken for the service.
 */
final class ServiceProcessFile {
    private final Path file;

    ServiceProcessFile(Path serviceFolder) {
        this.file = serviceFolder.resolve("pid");
    }

    void write(ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + " " + startOf(process) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** The process, where it still lives. */
    Optional<ProcessHandle> living() {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 2);
            if (words.length < 2) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> process.isAlive() && !isZombie(process.pid()))
                    .filter(process -> startOf(process).equals(words[1]));
        } catch (IOException | NumberFormatException e) {
            // no file, or one cut short by a power loss: nobody was started that still lives
            return Optional.empty();
        }
    }

    /** A process that has ended and waits for its parent counts as alive in Java, but not for us (proc(5)). */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.UTF_8);
            // the state follows the command, which stands in parentheses and may itself hold some
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // no such file system here, or the process has just gone
            return false;
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
