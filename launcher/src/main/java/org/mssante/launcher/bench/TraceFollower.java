package org.mssante.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mssante.core.trace.TraceLine;
import org.mssante.launcher.console.LogTail;

/** What a service traces from now on, line by line. Not thread-safe. */
final class TraceFollower {
    private final Path folder;
    private final Map<Path, LogTail> days = new TreeMap<>();

    private TraceFollower(Path folder) {
        this.folder = folder;
    }

    /** @param serviceFolder {@code run/<service>} */
    static TraceFollower fromNow(Path serviceFolder) throws IOException {
        TraceFollower follower = new TraceFollower(serviceFolder.resolve("trace"));
        follower.look();
        for (LogTail day : follower.days.values()) {
            day.skip();
        }
        return follower;
    }

    /** Hands on the whole lines written since the last call. */
    void news(Consumer<TraceLine> lines) throws IOException {
        look();
        for (LogTail day : days.values()) {
            for (List<String> more = day.more(); !more.isEmpty(); more = day.more()) {
                for (String text : more) {
                    Optional<TraceLine> line = TraceLine.parse(text);
                    line.ifPresent(lines);
                }
            }
        }
    }

    private void look() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .forEach(file -> days.computeIfAbsent(
                            file, day -> new LogTail(day.getFileName().toString(), day)));
        }
    }
}
