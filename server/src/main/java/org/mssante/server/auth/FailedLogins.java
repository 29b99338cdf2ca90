package org.mssante.server.auth;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.mssante.core.outcome.Outcome;

/**
 * Failed log-ins of each peer address in the last while, over all connections: who guesses on is not even asked for a
 * password. Thread-safe; forgets the address that failed least recently once too many are remembered.
 */
public final class FailedLogins {
    private static final int ADDRESSES = 100_000;

    private final int allowed;
    private final Duration window;
    private final Clock clock;
    private final Map<InetAddress, Deque<Instant>> failures = new LinkedHashMap<>();

    /**
     * @param allowed failures of one address in {@code window}
     * @param window how long a failure counts
     */
    public FailedLogins(int allowed, Duration window, Clock clock) {
        this.allowed = allowed;
        this.window = window;
        this.clock = clock;
    }

    /**
     * One log-in of a peer, on whatever port.
     *
     * @param ask decides; not asked where the address has failed too often and has to wait
     */
    public LoginDecision judge(InetAddress address, Supplier<LoginDecision> ask) {
        if (isLockedOut(address)) {
            return new LoginDecision.RetryLater(
                    Outcome.LOGINS_TOO_MANY, "too many log-ins of this address have failed");
        }
        LoginDecision decision = ask.get();
        if (decision instanceof LoginDecision.Refused) {
            failed(address);
        }
        return decision;
    }

    private synchronized boolean isLockedOut(InetAddress address) {
        Deque<Instant> recent = failures.get(address);
        if (recent == null) {
            return false;
        }
        Instant oldest = clock.instant().minus(window);
        recent.removeIf(failure -> !failure.isAfter(oldest));
        if (recent.isEmpty()) {
            failures.remove(address);
        }
        return recent.size() >= allowed;
    }

    private synchronized void failed(InetAddress address) {
        Deque<Instant> recent = failures.remove(address);
        Deque<Instant> known = recent == null ? new ArrayDeque<>() : recent;
        known.addLast(clock.instant());
        if (known.size() > allowed) {
            known.removeFirst();
        }
        // put again: the order of the map is the order of the last failures
        failures.put(address, known);
        Iterator<InetAddress> longestAgo = failures.keySet().iterator();
        while (failures.size() > ADDRESSES) {
            longestAgo.next();
            longestAgo.remove();
        }
    }
}
