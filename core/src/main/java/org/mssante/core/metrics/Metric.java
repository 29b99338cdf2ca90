package org.mssante.core.metrics;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One family of numbers (OpenMetrics 1.0).
 *
 * @param name with its unit at the end where it has one, e.g. {@code mssante_queue_age_seconds}; without {@code _total}
 */
public record Metric(String name, Type type, String help, List<Sample> samples) {

    /** What a number does over time. */
    public enum Type {
        /** Only grows, from the start of the service on. */
        COUNTER,
        GAUGE
    }

    /** One number with what tells it from its siblings. */
    public record Sample(Map<String, String> labels, double value) {
        public Sample(Map<String, String> labels, long value) {
            this(labels, (double) value);
        }

        public Sample {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    public Metric {
        samples = List.copyOf(samples);
    }

    /** Whole numbers: octets, counts. */
    public static Metric gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    public static Metric gauge(String name, String help, double value) {
        return new Metric(name, Type.GAUGE, help, List.of(new Sample(Map.of(), value)));
    }
}
