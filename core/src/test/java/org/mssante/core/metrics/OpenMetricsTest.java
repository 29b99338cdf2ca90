package org.mssante.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text format of OpenMetrics 1.0. */
class OpenMetricsTest {

    @Test
    void aFamilyHasItsTypeUnitAndHelpAndTheTextItsEnd() {
        String text = OpenMetrics.text(
                "server",
                List.of(new Metric(
                        "mssante_queue_age_seconds",
                        Metric.Type.GAUGE,
                        "How long.",
                        List.of(new Metric.Sample(Map.of("queue", "out\"going\\\n"), 1.5)))));

        assertThat(text).isEqualTo("""
                # TYPE mssante_queue_age_seconds gauge
                # UNIT mssante_queue_age_seconds seconds
                # HELP mssante_queue_age_seconds How long.
                mssante_queue_age_seconds{service="server",queue="out\\"going\\\\\\n"} 1.5
                # EOF
                """);
    }

    @Test
    void largeNumbersAreWrittenOut() {
        assertThat(OpenMetrics.text("server", List.of(Metric.gauge("mssante_heap_max_bytes", "Heap.", 335544320.0))))
                .contains("mssante_heap_max_bytes{service=\"server\"} 335544320\n");
    }
}
