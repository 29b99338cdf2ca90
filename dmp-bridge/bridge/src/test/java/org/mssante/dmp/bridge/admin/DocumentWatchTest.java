package org.mssante.dmp.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.metrics.Metric;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.TestBridge;

class DocumentWatchTest {
    private static final Instant FOUND = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration UNDECIDED = Duration.ofDays(3);

    @TempDir
    Path folder;

    @Test
    void warnsOnceADocumentHasWaitedLongerThanItShould() {
        try (TestBridge bridge = at(FOUND)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(watch(bridge, FOUND.plus(LONGEST)).look()).isEmpty();
            assertThat(watch(bridge, FOUND.plus(LONGEST).plusSeconds(1)).look())
                    .extracting(Finding::alarm)
                    .containsExactly(Alarm.DOCUMENTS_LATE);
            assertThat(watch(bridge, FOUND.plusSeconds(90)).metrics())
                    .contains(Metric.gauge("mssante_documents_age_seconds", help(bridge, 1), 90L))
                    .satisfies(metrics -> assertThat(metrics.get(0).samples())
                            .contains(new Metric.Sample(Map.of("state", "waiting"), 1))
                            .contains(new Metric.Sample(Map.of("state", "stopped"), 0)));
        }
    }

    @Test
    void warnsOfDocumentsThatStoppedUntilSomebodyStartsThemAgain() {
        try (TestBridge bridge = at(FOUND)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        try (TestBridge bridge = at(FOUND.plus(TestBridge.LONGEST_WAIT).plusSeconds(1))) {
            bridge.work();
            Instant later = FOUND.plus(Duration.ofDays(30));

            assertThat(watch(bridge, later).look())
                    .containsExactly(new Finding(Alarm.DOCUMENTS_STOPPED, "1, the oldest since " + FOUND));
            bridge.queue.unfinished(1).forEach(document -> bridge.queue.retry(document.id()));
            assertThat(watch(bridge, FOUND.plus(TestBridge.LONGEST_WAIT)).look())
                    .isEmpty();
        }
    }

    @Test
    void warnsOnceAPersonHasNotDecidedForLongerThanHeShould() {
        try (TestBridge bridge =
                new TestBridge(folder, "bridge-1", FOUND, new FakeDmp()).whereTheRecipientWants(DmpFiling.ASK)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(watch(bridge, FOUND.plus(UNDECIDED)).look()).isEmpty();
            assertThat(watch(bridge, FOUND.plus(UNDECIDED).plusSeconds(1)).look())
                    .extracting(Finding::alarm)
                    .containsExactly(Alarm.DOCUMENTS_UNDECIDED);
            assertThat(watch(bridge, FOUND.plusSeconds(90)).metrics())
                    .contains(Metric.gauge("mssante_documents_undecided_age_seconds", help(bridge, 2), 90L))
                    .satisfies(metrics -> assertThat(metrics.get(0).samples())
                            .contains(new Metric.Sample(Map.of("state", "asked"), 1)));
        }
    }

    private TestBridge at(Instant now) {
        return new TestBridge(folder, "bridge-1", now, new FakeDmp().down(true));
    }

    private static String help(TestBridge bridge, int metric) {
        return watch(bridge, FOUND).metrics().get(metric).help();
    }

    private static DocumentWatch watch(TestBridge bridge, Instant now) {
        return new DocumentWatch(bridge.queue, LONGEST, UNDECIDED, Clock.fixed(now, ZoneOffset.UTC));
    }
}
