package org.mssante.core.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mssante.core.settings.Settings;

/**
 * When a document is fetched next: at once, then after each interval, or after a growing delay while it fails. Every wait
 * is spread by a tenth, so that servers started together do not ask together. Not thread-safe.
 */
public final class FetchTimes {
    private static final double SPREAD = 0.1;

    private final Duration interval;
    private final List<Duration> backOff;
    private final RandomGenerator random;
    private Instant due = Instant.MIN;
    private int failures;

    /**
     * @param interval between successful fetches
     * @param backOff the waits after the first, second, … failure in a row; the last one is repeated
     */
    public FetchTimes(Duration interval, List<Duration> backOff, RandomGenerator random) {
        if (backOff.isEmpty()) {
            throw new IllegalArgumentException("a back-off has at least one delay");
        }
        this.interval = interval;
        this.backOff = List.copyOf(backOff);
        this.random = random;
    }

    public boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    public void succeeded(Instant now) {
        failures = 0;
        due = now.plus(spread(interval));
    }

    /** What was fetched is of no more use, and nothing has failed. */
    public void dueAtOnce() {
        due = Instant.MIN;
    }

    public void failed(Instant now) {
        failures++;
        due = now.plus(spread(backOff.get(Math.min(failures, backOff.size()) - 1)));
    }

    /** The waits of the setting {@code key}: durations separated by commas, one at least. */
    public static List<Duration> backOff(Settings settings, String key) {
        try {
            List<Duration> waits =
                    settings.list(key).stream().map(Duration::parse).toList();
            if (waits.isEmpty()) {
                throw settings.wrong(key, "must hold at least one duration");
            }
            return waits;
        } catch (DateTimeParseException e) {
            throw settings.wrong(key, "must be ISO 8601 durations separated by commas");
        }
    }

    private Duration spread(Duration wait) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofMillis((long) (wait.toMillis() * factor));
    }
}
