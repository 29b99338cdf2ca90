package org.mssante.dmp.bridge.filing;

import java.time.Duration;

/** How long to wait after the n-th failed attempt: the first delay doubled each time, up to the longest. */
public record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first delay is positive and at most the longest");
        }
    }

    /** @param attempts that have failed before */
    public Duration after(int attempts) {
        Duration delay = first.multipliedBy(1L << Math.min(Math.max(0, attempts), MAX_DOUBLINGS));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }
}
