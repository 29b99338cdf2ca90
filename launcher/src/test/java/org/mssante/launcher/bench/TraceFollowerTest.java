package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFollowerTest {
    @TempDir
    private Path service;

    private Path today;

    @BeforeEach
    void trace() throws IOException {
        today = Files.createDirectory(service.resolve("trace")).resolve("2026-11-20.jsonl");
        append(today, "{\"time\":\"t\",\"event\":\"BEFORE\"}\n");
    }

    @Test
    void onlyWhatIsWrittenFromNowOnIsHeardAndEachLineOnce() throws IOException {
        TraceFollower follower = TraceFollower.fromNow(service);
        append(today, "{\"time\":\"t\",\"event\":\"ONE\"}\n{\"time\":\"t\",\"ev");

        assertThat(events(follower)).containsExactly("ONE");

        append(today, "ent\":\"TWO\"}\n");

        assertThat(events(follower)).containsExactly("TWO");
        assertThat(events(follower)).isEmpty();
    }

    @Test
    void theFileOfTheNextDayIsHeardFromItsBeginning() throws IOException {
        TraceFollower follower = TraceFollower.fromNow(service);
        append(today.resolveSibling("2026-11-21.jsonl"), "{\"time\":\"t\",\"event\":\"TOMORROW\"}\n");

        assertThat(events(follower)).containsExactly("TOMORROW");
    }

    private static List<String> events(TraceFollower follower) throws IOException {
        List<String> events = new ArrayList<>();
        follower.news(line -> events.add(line.event()));
        return events;
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
