package org.mssante.launcher.bench;

import java.time.Duration;
import java.util.Collection;

/** The time that half, and that 99 in 100, did not exceed (nearest rank); zero where there was nothing. */
public record Percentiles(Duration p50, Duration p99) {

    static Percentiles of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Percentiles(rank(sorted, 0.50), rank(sorted, 0.99));
    }

    private static Duration rank(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return Duration.ofNanos(sorted[Math.max(0, index)]);
    }
}
