package org.mssante.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;

class JsonLinesTraceTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path runDir;

    @Test
    void tellsOneMessagesLifeAcrossTheServicesInTheOrderOfTime() throws IOException {
        try (JsonLinesTrace server = JsonLinesTrace.open("server", runDir, NOON);
                JsonLinesTrace bridge =
                        JsonLinesTrace.open("bridge", runDir, Clock.offset(NOON, Duration.ofSeconds(1)))) {
            bridge.record(TraceEntry.of(Event.DOCUMENT_REFUSED).message("<a@b>").outcome(Outcome.PATIENT_OPPOSED));
            server.record(TraceEntry.of(Event.SUBMITTED).message("a@b").with(Field.FROM, "labo@demo.mssante.fr"));
            server.record(TraceEntry.of(Event.SUBMITTED).message("<other@b>"));
        }

        List<TraceLine> life =
                new TraceReader(runDir).find(line -> line.get(Field.MESSAGE_ID).equals(Optional.of("a@b")));

        assertThat(life).extracting(TraceLine::event).containsExactly("SUBMITTED", "DOCUMENT_REFUSED");
        assertThat(life.get(1).outcome()).contains(Outcome.PATIENT_OPPOSED);
        assertThat(life.get(1).service()).isEqualTo("bridge");
    }

    @Test
    void writesOneFileADay() throws IOException {
        Instant[] now = {Instant.parse("2026-11-20T23:59:59Z")};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, clock)) {
            trace.record(TraceEntry.of(Event.SERVICE_STARTED));
            now[0] = now[0].plusSeconds(2);
            trace.record(TraceEntry.of(Event.SERVICE_STARTED));
        }
        assertThat(runDir.resolve("server/trace/2026-11-20.jsonl")).exists();
        assertThat(runDir.resolve("server/trace/2026-11-21.jsonl")).exists();
    }

    @Test
    void foreignInputCannotForgeALine() throws IOException {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, NOON)) {
            trace.record(TraceEntry.of(Event.COMMAND_REFUSED)
                    .with(Field.FROM, "x\"}\n{\"event\":\"DELIVERED\",\"messageId\":\"m\"}"));
        }
        assertThat(new TraceReader(runDir).find(line -> true)).hasSize(1);
    }

    @Test
    void foreignInputIsCutBeforeItFillsTheDisk() {
        TraceEntry entry = TraceEntry.of(Event.COMMAND_REFUSED).with(Field.FROM, "x".repeat(100_000));
        assertThat(entry.fields().get(Field.FROM)).hasSize(2_000);
    }

    @Test
    void passesOverALineThatAPowerLossCutShort() throws IOException {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, NOON)) {
            trace.record(TraceEntry.of(Event.SERVICE_STARTED));
        }
        Files.writeString(
                runDir.resolve("server/trace/2026-11-20.jsonl"), "{\"time\":\"2026", StandardOpenOption.APPEND);
        assertThat(new TraceReader(runDir).find(line -> true)).hasSize(1);
    }
}
