package org.mssante.core.lockout;

import java.time.Duration;

/**
 * What may fail before anybody has to wait.
 *
 * @param freeFailures before the first delay
 * @param forgotten one failure is forgotten each time this has passed without another, once a delay is over; longer than nothing
 */
public record Allowance(int freeFailures, Duration forgotten) {
    public Allowance {
        if (forgotten.isNegative() || forgotten.isZero()) {
            throw new IllegalArgumentException("failures are forgotten after a time that is longer than nothing");
        }
    }
}
