package org.mssante.launcher.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.core.trace.TraceLine;

/** What happened between two addresses. */
class CorrespondenceTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path runDir;

    @BeforeEach
    void trace() {
        record(NOW.minusSeconds(1), "<old@labo.mssante.fr>", "dr.test@demo.medecin.mssante.fr");
        record(NOW, "<a@labo.mssante.fr>", "dr.test@demo.medecin.mssante.fr");
        record(NOW, "<b@Labo.mssante.fr>", "dr.martin@demo.medecin.mssante.fr cabinet@demo.mssante.fr");
    }

    @Test
    void isFoundByAnAddressByAPartOfOneOrByBothFromItsFirstMomentOn() {
        assertThat(senders("labo.mssante.fr", "")).containsExactly("<a@labo.mssante.fr>", "<b@Labo.mssante.fr>");
        assertThat(senders("", "CABINET@demo.mssante.fr")).containsExactly("<b@Labo.mssante.fr>");
        assertThat(senders("a@labo", "dr.test")).containsExactly("<a@labo.mssante.fr>");
        assertThat(senders("a@labo", "cabinet")).isEmpty();
    }

    @Test
    void whatWasRefusedToAPersonIsFoundByHisNameAndNotAllThatHeDid() {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, Clock.fixed(NOW, ZoneOffset.UTC))) {
            trace.record(TraceEntry.of(Event.AUTHENTICATED).with(Field.ACTOR, "dr.seul@demo.mssante.fr"));
            trace.record(TraceEntry.of(Event.AUTHENTICATION_REFUSED)
                    .outcome(Outcome.AUTHENTICATION_FAILED)
                    .with(Field.ACTOR, "dr.seul@demo.mssante.fr"));
        }

        assertThat(new Correspondence(Optional.of("dr.seul"), Optional.empty(), NOW).read(runDir))
                .extracting(TraceLine::event)
                .containsExactly("AUTHENTICATION_REFUSED");
    }

    @Test
    void aRefusalIsShownWithItsCodeItsSentencesAndItsAddresses() {
        StringWriter text = new StringWriter();
        new Timeline(new Correspondence(Optional.of("a@labo"), Optional.empty(), NOW).read(runDir))
                .printText(new PrintWriter(text));
        assertThat(text.toString())
                .contains(
                        "MSS-T10",
                        Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE.english(),
                        Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE.french(),
                        "from: <a@labo.mssante.fr>")
                .doesNotStartWith("Message-ID");
    }

    private List<String> senders(String from, String to) {
        return new Correspondence(
                        Optional.of(from).filter(text -> !text.isEmpty()),
                        Optional.of(to).filter(text -> !text.isEmpty()),
                        NOW)
                .read(runDir).stream().map(CorrespondenceTest::sender).toList();
    }

    private static String sender(TraceLine line) {
        return line.get(Field.FROM).orElseThrow();
    }

    private void record(Instant time, String from, String to) {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, Clock.fixed(time, ZoneOffset.UTC))) {
            trace.record(TraceEntry.of(Event.COMMAND_REFUSED)
                    .outcome(Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE)
                    .with(Field.FROM, from)
                    .with(Field.TO, to));
        }
    }
}
