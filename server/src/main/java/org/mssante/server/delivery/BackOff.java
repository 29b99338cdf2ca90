package org.mssante.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a message waits after each failed attempt, and when to give up.
 *
 * @param delays the wait after the first, second, … failed attempt; at least one
 * @param patience whether the end of the list is the end
 * @param distrustedAttempts how often a peer that cannot be proven to be the listed one is tried
 */
public record BackOff(List<Duration> delays, Patience patience, int distrustedAttempts) {

    /** What follows the last delay. */
    public enum Patience {
        /** The message is given up; a permanent refusal gives it up at once. */
        LIMITED,
        /** The last delay is repeated for ever, whatever the failure: nothing may be given up. */
        ENDLESS
    }

    public BackOff {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a back-off has at least one delay and none below zero");
        }
    }

    /** The default between operators: about five days, as RFC 5321 §4.5.4.1 asks. */
    public static BackOff betweenOperators() {
        return new BackOff(
                List.of(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4),
                        Duration.ofHours(8),
                        Duration.ofHours(16),
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofHours(24)),
                Patience.LIMITED,
                3);
    }

    public static BackOff endless(List<Duration> delays) {
        return new BackOff(delays, Patience.ENDLESS, Integer.MAX_VALUE);
    }

    /**
     * The wait before the next attempt; empty where there is none.
     *
     * @param attempt the number of the attempt that failed, from 1
     */
    public Optional<Duration> after(int attempt, Failure.Kind failure) {
        if (patience == Patience.ENDLESS) {
            return Optional.of(delays.get(Math.min(attempt, delays.size()) - 1));
        }
        boolean over = switch (failure) {
            case REFUSED -> true;
            case DISTRUSTED -> attempt >= distrustedAttempts;
            case DEFERRED, UNREACHABLE -> false;
        };
        return over || attempt > delays.size() ? Optional.empty() : Optional.of(delays.get(attempt - 1));
    }
}
