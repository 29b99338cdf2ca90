package org.mssante.core.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Numbers every service has: its memory and its age. */
public final class ProcessMetrics implements MetricSource {
    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Instant start;

    public ProcessMetrics(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public List<Metric> metrics() {
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                Metric.gauge(
                        "mssante_heap_used_bytes",
                        "Heap in use, with what is no longer needed.",
                        runtime.totalMemory() - runtime.freeMemory()),
                Metric.gauge("mssante_heap_max_bytes", "The largest heap allowed.", runtime.maxMemory()),
                Metric.gauge(
                        "mssante_uptime_seconds",
                        "Time since the service started.",
                        (clock.millis() - start.toEpochMilli()) / MILLIS));
    }
}
