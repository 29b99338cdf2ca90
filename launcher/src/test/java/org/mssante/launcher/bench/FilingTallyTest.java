package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceLine;

class FilingTallyTest {
    private final FilingTally tally = new FilingTally(1);
    private final BenchMessage mail = new BenchMessage("1@example.org", List.of(), List.of(new byte[7], new byte[3]));

    @Test
    void aDocumentFiledCountsOnceWithItsTimes() throws InterruptedException {
        handIn();
        tally.hear(line(Event.DOCUMENT_EXTRACTED, "1@example.org"), 120);
        tally.hear(line(Event.DOCUMENT_FILED, "1@example.org"), 150);
        tally.hear(line(Event.DOCUMENT_FILED, "1@example.org"), 190);

        assertThat(tally.handedIn()).isEqualTo(1);
        assertThat(tally.octets()).isEqualTo(10);
        assertThat(tally.filed()).isEqualTo(1);
        assertThat(tally.repeated()).isEqualTo(1);
        assertThat(tally.ended()).isEqualTo(1);
        assertThat(tally.lastFiled()).isEqualTo(150);
        assertThat(tally.inTheDmp().p99()).isEqualTo(Duration.ofNanos(50));
        assertThat(tally.answered().p50()).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void anEndWithoutFilingIsRefusedAndWaitingIsNoEnd() throws InterruptedException {
        handIn();
        tally.hear(line(Event.DOCUMENT_WAITING, "1@example.org"), 120);

        assertThat(tally.postponed()).isEqualTo(1);
        assertThat(tally.ended()).isZero();

        tally.hear(line(Event.DOCUMENT_REFUSED, "1@example.org"), 130);

        assertThat(tally.refused()).isEqualTo(1);
        assertThat(tally.filed()).isZero();
        assertThat(tally.ended()).isEqualTo(1);
    }

    @Test
    void theEndOfOneDocumentMakesRoomForTheNext() throws InterruptedException {
        handIn();
        tally.hear(line(Event.DOCUMENT_FILED, "1@example.org"), 150);

        tally.awaitRoom();
    }

    @Test
    void linesOfOtherMailsDoNotCount() {
        tally.hear(line(Event.DOCUMENT_FILED, "of.another.round@example.org"), 150);

        assertThat(tally.filed()).isZero();
    }

    private void handIn() throws InterruptedException {
        tally.awaitRoom();
        tally.begin(mail, 100);
        tally.accept(mail, 110);
    }

    private static TraceLine line(Event event, String messageId) {
        return new TraceLine(
                Map.of("time", "2026-11-20T10:00:00.000000+01:00", "event", event.name(), "messageId", messageId));
    }
}
