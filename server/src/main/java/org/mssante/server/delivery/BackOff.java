package org.mssante.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a message waits after each failed attempt, and when to give up.
 *
 * @param delays the wait after the first, second, … failed attempt; at least one
 * @param patience whether the end of the list is the end
 * @param distrustedAttempts how often a peer that cannot be proven to be the listed one is tried; attempts that
 *     failed otherwise do not count
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

    /** Never gives up, whatever the failure: for a peer of our own house, which will be repaired. */
    public static BackOff endless(List<Duration> delays) {
        return new BackOff(delays, Patience.ENDLESS, Integer.MAX_VALUE);
    }

    /**
     * The wait before the next attempt; empty where there is none.
     *
     * @param attempts the failed ones, with the last
     * @param failure how the last one failed
     */
    public Optional<Duration> after(Attempts attempts, Failure.Kind failure) {
        int attempt = attempts.all();
        if (patience == Patience.ENDLESS) {
            return Optional.of(delays.get(Math.min(attempt, delays.size()) - 1));
        }
        boolean over = switch (failure) {
            case REFUSED -> true;
            case DISTRUSTED -> attempts.distrusted() >= distrustedAttempts;
            case DEFERRED, UNREACHABLE -> false;
        };
        return over || attempt > delays.size() ? Optional.empty() : Optional.of(delays.get(attempt - 1));
    }
}
