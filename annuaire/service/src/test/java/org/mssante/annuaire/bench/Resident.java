package org.mssante.annuaire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of a process as {@code /proc} tells it (proc(5)), in megabytes.
 *
 * @param all with the pages of files that it has mapped, which the system may take back
 * @param own without them
 */
record Resident(long all, long own) {
    private static final int KILOBYTES = 1024;

    static Resident of(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8);
        return new Resident(of(lines, "VmRSS:"), of(lines, "RssAnon:"));
    }

    private static long of(List<String> lines, String name) {
        return lines.stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / KILOBYTES;
    }
}
