package org.mssante.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

/** What is traced is counted, once, and nothing else. */
class EventCountsTest {
    private final List<TraceEntry> recorded = new ArrayList<>();
    private final EventCounts counts = new EventCounts(recorded::add);

    @Test
    void everyLineIsRecordedAndCountedUnderItsEventAndCode() {
        counts.record(TraceEntry.of(Event.DELIVERED));
        counts.record(TraceEntry.of(Event.COMMAND_REFUSED).outcome(Outcome.SENDER_DOMAIN_NOT_LISTED));
        counts.record(TraceEntry.of(Event.COMMAND_REFUSED).outcome(Outcome.SENDER_DOMAIN_NOT_LISTED));

        assertThat(recorded).hasSize(3);
        assertThat(OpenMetrics.text("server", counts.metrics()))
                .contains("mssante_events_total{service=\"server\",event=\"DELIVERED\"} 1\n")
                .contains("mssante_events_total{service=\"server\",code=\"MSS-T07\",event=\"COMMAND_REFUSED\"} 2\n")
                .contains("mssante_events_total{service=\"server\",event=\"COMMAND_REFUSED\"} 0\n");
    }

    @Test
    void whatCouldNotBeRecordedIsNotCounted() {
        EventCounts failing = new EventCounts(entry -> {
            throw new IllegalStateException("the disk is full");
        });

        assertThatThrownBy(() -> failing.record(TraceEntry.of(Event.DELIVERED)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(OpenMetrics.text("server", failing.metrics()))
                .contains("mssante_events_total{service=\"server\",event=\"DELIVERED\"} 0\n");
    }
}
