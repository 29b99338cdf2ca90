package org.mssante.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each site right now (see {@link HandOver#siteOf}): how many messages are in hand for it, and whether it
 * failed so recently that trying again would only keep a worker busy. Thread-safe; forgets a site that is idle and well.
 */
final class Sites {
    private final DeliveryLimits limits;
    private final Clock clock;
    private final Map<String, Integer> busy = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();

    private record Hold(Instant until, Failure failure) {}

    Sites(DeliveryLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes a place; a true answer obliges to {@link #leave}. */
    synchronized boolean enter(String site) {
        if (busy.getOrDefault(site, 0) >= limits.perSite()) {
            return false;
        }
        busy.merge(site, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String site) {
        busy.computeIfPresent(site, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** The failure of a moment ago that still speaks for the site. */
    synchronized Optional<Failure> heldBy(String site) {
        Instant now = clock.instant();
        holds.values().removeIf(hold -> !hold.until().isAfter(now));
        return Optional.ofNullable(holds.get(site)).map(Hold::failure);
    }

    synchronized void hold(String site, Failure failure, Duration nextAttempt) {
        Duration time = nextAttempt.compareTo(limits.hold()) < 0 ? nextAttempt : limits.hold();
        holds.put(site, new Hold(clock.instant().plus(time), failure));
    }
}
