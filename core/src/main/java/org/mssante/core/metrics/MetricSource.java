package org.mssante.core.metrics;

import java.util.List;

/** Somebody who knows numbers. Asked at each look; thread-safe. */
@FunctionalInterface
public interface MetricSource {
    List<Metric> metrics();
}
