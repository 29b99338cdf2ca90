package org.mssante.launcher.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

class MessageLifeTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ID = "m1@demo.mssante.fr";
    private static final String PATIENT = "258029999900145^^^&1.2.250.1.213.1.4.10&ISO^NH";

    @TempDir
    private Path runDir;

    private int seconds;

    @BeforeEach
    void twoServicesTraceAMessage() {
        trace("server", TraceEntry.of(Event.SUBMITTED).message("<" + ID + ">"));
        trace("server", TraceEntry.of(Event.SUBMITTED).message("<other@demo.mssante.fr>"));
        trace("server", TraceEntry.of(Event.DELIVERED).message(ID).with(Field.TO, "dr.test@demo.medecin.mssante.fr"));
    }

    @Test
    void holdsTheLinesOfAllServicesAboutTheMessageInTheirOrder() {
        trace("bridge", TraceEntry.of(Event.INTAKE).message(ID));
        assertThat(life().lines())
                .extracting(line -> line.service() + " " + line.event())
                .containsExactly("server SUBMITTED", "server DELIVERED", "bridge INTAKE");
    }

    @Test
    void includesWhatTheStoreTracedOfTheMessagesDocumentsWithoutKnowingTheMessage() {
        trace("bridge", document(Event.DOCUMENT_EXTRACTED, "1.2.3"));
        trace("store", TraceEntry.of(Event.STORE_REGISTERED).with(Field.DOCUMENT_ID, "1.2.3"));
        trace("store", TraceEntry.of(Event.STORE_REGISTERED).with(Field.DOCUMENT_ID, "9.9.9"));
        assertThat(life().of(Event.STORE_REGISTERED)).hasSize(1);
    }

    @Test
    void leavesOutWhatTheStoreTracedOfTheSameDocumentInAnotherMessage() {
        trace("store", stored("before"));
        trace("bridge", document(Event.DOCUMENT_EXTRACTED, "1.2.3").with(Field.HASH, "mine"));
        trace("store", stored("another's"));
        trace("store", stored("mine"));
        trace("bridge", document(Event.DOCUMENT_FILED, "1.2.3").outcome(Outcome.DOCUMENT_FILED));
        trace("store", stored("mine"));
        assertThat(life().of(Event.STORE_REGISTERED))
                .singleElement()
                .satisfies(line -> assertThat(line.get(Field.HASH)).contains("mine"));
    }

    @Test
    void aDocumentRefusedBeforeFilingIsNotShownAsFiledForAnotherMessage() {
        trace("bridge", document(Event.DOCUMENT_REFUSED, "1.2.3").outcome(Outcome.XDM_UNREADABLE));
        trace("store", stored("another's"));
        assertThat(life().has(Event.STORE_REGISTERED)).isFalse();
    }

    @Test
    void theLastWordOnADocumentCounts() {
        trace("bridge", document(Event.DOCUMENT_REFUSED, "1.2.3").outcome(Outcome.DMP_REFUSED));
        trace("bridge", document(Event.DOCUMENT_FILED, "1.2.3").outcome(Outcome.DOCUMENT_FILED));
        trace("bridge", TraceEntry.of(Event.DOCUMENT_REFUSED).message(ID).outcome(Outcome.XDM_UNREADABLE));
        assertThat(life().documentEnds())
                .containsExactly(
                        new DocumentEnd(Optional.of("1.2.3"), Outcome.DOCUMENT_FILED),
                        new DocumentEnd(Optional.empty(), Outcome.XDM_UNREADABLE));
    }

    @Test
    void isNotOverWhileADocumentIsOpen() {
        trace("server", filing(Event.FILING_REQUESTED));
        assertThat(watchLater().hasEnded(life(), 1)).isFalse();
        trace("bridge", filing(Event.INTAKE));
        assertThat(watchLater().hasEnded(life(), 1)).isFalse();
        trace("bridge", document(Event.DOCUMENT_EXTRACTED, "1.2.3"));
        trace("bridge", document(Event.DOCUMENT_EXTRACTED, "1.2.4"));
        trace("bridge", document(Event.DOCUMENT_FILED, "1.2.3").outcome(Outcome.DOCUMENT_FILED));
        assertThat(watchLater().hasEnded(life(), 1)).isFalse();
        trace("bridge", document(Event.DOCUMENT_REFUSED, "1.2.4").outcome(Outcome.PATIENT_OPPOSED));
        assertThat(watchLater().hasEnded(life(), 1)).isTrue();
    }

    @Test
    void isNotOverBeforeEveryRecipientIsServed() {
        assertThat(watchLater().hasEnded(life(), 2)).isFalse();
        trace("server", TraceEntry.of(Event.BOUNCED).message(ID));
        assertThat(watchLater().hasEnded(life(), 2)).isTrue();
    }

    @Test
    void isOverAtOnceWhereNothingIsToBeFiled() {
        assertThat(watchAtOnce().hasEnded(life(), 1)).isTrue();
    }

    @Test
    void isNotOverWhileLinesMayStillCome() {
        trace("server", filing(Event.FILING_REQUESTED));
        trace("bridge", filing(Event.INTAKE));
        trace("bridge", TraceEntry.of(Event.NO_DOCUMENT).message(ID));
        assertThat(watchAtOnce().hasEnded(life(), 1)).isFalse();
        assertThat(watchLater().hasEnded(life(), 1)).isTrue();
    }

    @Test
    void theTimelineShowsCodeAndSentencesAndNoPatient() {
        trace(
                "bridge",
                document(Event.DOCUMENT_REFUSED, "1.2.3")
                        .outcome(Outcome.PATIENT_OPPOSED)
                        .with(Field.PATIENT, PATIENT));
        StringWriter text = new StringWriter();
        new Timeline(life()).printText(new PrintWriter(text));
        assertThat(text.toString())
                .contains("MSS-D12", Outcome.PATIENT_OPPOSED.english(), Outcome.PATIENT_OPPOSED.french())
                .contains(Event.DOCUMENT_REFUSED.english(), Event.DOCUMENT_REFUSED.french())
                .doesNotContain("258029999900145");
        StringWriter json = new StringWriter();
        new Timeline(life()).printJson(new PrintWriter(json));
        assertThat(json.toString())
                .contains("\"messageId\" : \"" + ID + "\"", "\"code\" : \"MSS-D12\"")
                .contains("\"eventFrench\" : \"" + Event.DOCUMENT_REFUSED.french() + "\"")
                .doesNotContain("258029999900145");
    }

    @Test
    void theTimelineMasksThePatientsAddressWhereverItStands() {
        String address = "258029999900145@patient.mssante.fr";
        trace(
                "server",
                TraceEntry.of(Event.BOUNCED)
                        .message(ID)
                        .with(Field.FROM, address)
                        .with(Field.TO, "dr.test@demo.medecin.mssante.fr " + address)
                        .with(Field.RULE, "to " + address)
                        .with(Field.REPLY, "550 5.1.1 <" + address + ">: unknown"));
        StringWriter text = new StringWriter();
        new Timeline(life()).printText(new PrintWriter(text));
        StringWriter json = new StringWriter();
        new Timeline(life()).printJson(new PrintWriter(json));
        assertThat(List.of(text.toString(), json.toString()))
                .allSatisfy(shown -> assertThat(shown)
                        .contains("dr.test@demo.medecin.mssante.fr", "550 5.1.1 <**********00145@patient.mssante.fr>")
                        .doesNotContain("258029999900145"));
    }

    private MessageLife life() {
        return MessageLife.read(runDir, "<" + ID + ">");
    }

    private MessageWatch watchLater() {
        return new MessageWatch(runDir, Clock.fixed(START.plus(Duration.ofMinutes(5)), ZoneOffset.UTC));
    }

    private MessageWatch watchAtOnce() {
        return new MessageWatch(runDir, Clock.fixed(START.plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static TraceEntry filing(Event event) {
        return TraceEntry.of(event).message(ID).with(Field.TO, "dr.test@demo.medecin.mssante.fr");
    }

    private static TraceEntry stored(String hash) {
        return TraceEntry.of(Event.STORE_REGISTERED)
                .outcome(Outcome.DOCUMENT_FILED)
                .with(Field.DOCUMENT_ID, "1.2.3")
                .with(Field.HASH, hash);
    }

    private static TraceEntry document(Event event, String id) {
        return TraceEntry.of(event).message(ID).with(Field.DOCUMENT_ID, id);
    }

    /** Each line a second after the one before. */
    private void trace(String service, TraceEntry entry) {
        Clock clock = Clock.fixed(START.plusSeconds(seconds++), ZoneOffset.UTC);
        try (JsonLinesTrace trace = JsonLinesTrace.open(service, runDir, clock)) {
            trace.record(entry);
        }
    }
}
