package org.mssante.core.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the traces of all services of an instance, one line in memory at a time. */
public final class TraceReader {
    private final Path runDir;

    public TraceReader(Path runDir) {
        this.runDir = runDir;
    }

    /** The lines that match, oldest first, over {@code runDir/*}{@code /trace/*.jsonl}. */
    public List<TraceLine> find(Predicate<TraceLine> wanted) throws IOException {
        List<TraceLine> found = new ArrayList<>();
        for (Path file : files()) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    TraceLine.parse(text).filter(wanted).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(line -> line.time().toInstant()));
        return found;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> services = Files.list(runDir)) {
            for (Path service : services.sorted().toList()) {
                Path folder = service.resolve("trace");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> days = Files.list(folder)) {
                        days.filter(day -> day.toString().endsWith(".jsonl"))
                                .sorted()
                                .forEach(files::add);
                    }
                }
            }
        }
        return files;
    }
}
