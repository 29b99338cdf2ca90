package org.mssante.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mssante.core.metrics.Metric.Sample;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * A trace that counts what it records: one counter an event and outcome code. What could not be recorded is not counted.
 */
public final class EventCounts implements Trace, MetricSource {
    private final Trace trace;
    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    public EventCounts(Trace trace) {
        this.trace = trace;
    }

    private record Kind(Event event, Optional<Outcome> outcome) {}

    @Override
    public void record(TraceEntry entry) {
        trace.record(entry);
        counts.computeIfAbsent(new Kind(entry.event(), entry.outcome()), kind -> new LongAdder())
                .increment();
    }

    /** Every event has a number from the start, without a code; one with a code from the first time on. */
    @Override
    public List<Metric> metrics() {
        List<Sample> samples = new ArrayList<>();
        for (Event event : Event.values()) {
            samples.add(new Sample(Map.of("event", event.name()), count(new Kind(event, Optional.empty()))));
            for (Outcome outcome : Outcome.values()) {
                long count = count(new Kind(event, Optional.of(outcome)));
                if (count > 0) {
                    samples.add(new Sample(Map.of("event", event.name(), "code", outcome.code()), count));
                }
            }
        }
        return List.of(new Metric(
                "mssante_events",
                Metric.Type.COUNTER,
                "Lines of the trace since the service started, by event and outcome code.",
                samples));
    }

    private long count(Kind kind) {
        return Optional.ofNullable(counts.get(kind)).map(LongAdder::sum).orElse(0L);
    }
}
