package org.mssante.annuaire.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Slows down guessing of passwords. After some failures an account, and an address clients come from, is refused for a
 * while that doubles with every further failure. Names nobody has are counted like any other, so that a refusal tells
 * nothing. Attempts that are looked at just now count as failures until they have ended, so that many at once get no further than
 * one after the other; what there is no room for waits. The table is bounded; the oldest go first. Thread-safe.
 */
public final class Lockout {
    private final LockoutRules rules;
    private final Clock clock;
    private final Map<String, Failures> table;
    private final Map<String, Integer> begun = new HashMap<>();

    private record Failures(int count, Instant refusedUntil) {}

    public Lockout(LockoutRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.table = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > rules.entries();
            }
        };
    }

    /** When the next attempt will be looked at; empty where it is now. */
    synchronized Optional<Instant> refusedUntil(String account, String address) {
        Instant now = clock.instant();
        return Stream.of(accountKey(account), addressKey(address))
                .flatMap(key -> until(key).stream())
                .filter(now::isBefore)
                .max(Comparator.naturalOrder());
    }

    /**
     * Begins an attempt, which {@link #end} has to end. Waits while those that have begun may turn out to be failures too many.
     *
     * @return when the next attempt will be looked at; empty where this one has begun
     */
    synchronized Optional<Instant> begin(String account, String address) {
        List<String> keys = counted(account, address);
        Optional<Instant> refusedUntil = refusedUntil(account, address);
        while (refusedUntil.isEmpty() && !keys.stream().allMatch(this::hasRoom)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(clock.instant());
            }
            refusedUntil = refusedUntil(account, address);
        }
        if (refusedUntil.isEmpty()) {
            keys.forEach(key -> begun.merge(key, 1, Integer::sum));
        }
        return refusedUntil;
    }

    /** Ends an attempt, after its failure was counted. */
    synchronized void end(String account, String address) {
        counted(account, address)
                .forEach(key -> begun.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1));
        notifyAll();
    }

    /** One at a time, and as many more as may fail without delay. */
    private boolean hasRoom(String key) {
        int now = begun.getOrDefault(key, 0);
        Failures before = table.get(key);
        return now == 0 || (before == null ? 0 : before.count()) + now <= rules.freeFailures();
    }

    private List<String> counted(String account, String address) {
        return rules.exemptAddresses().contains(address)
                ? List.of(accountKey(account))
                : List.of(accountKey(account), addressKey(address));
    }

    /** The same for an account nobody can guess the secret of, which strangers must not be able to lock. */
    synchronized Optional<Instant> refusedUntil(String address) {
        return until(addressKey(address)).filter(clock.instant()::isBefore);
    }

    synchronized void failed(String account, String address) {
        count(accountKey(account));
        failed(address);
    }

    /** A failure that counts for the address alone. */
    synchronized void failed(String address) {
        if (!rules.exemptAddresses().contains(address)) {
            count(addressKey(address));
        }
    }

    /** A success clears the account, not the address: one stolen password must not open the way to more. */
    synchronized void succeeded(String account) {
        table.remove(accountKey(account));
    }

    private void count(String key) {
        Failures before = table.remove(key);
        int count = before == null ? 1 : before.count() + 1;
        table.put(key, new Failures(count, clock.instant().plus(delay(count))));
    }

    private Duration delay(int failures) {
        int doublings = failures - rules.freeFailures() - 1;
        if (doublings < 0) {
            return Duration.ZERO;
        }
        Duration delay = rules.firstDelay();
        for (int i = 0; i < doublings && delay.compareTo(rules.longestDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(rules.longestDelay()) < 0 ? delay : rules.longestDelay();
    }

    private Optional<Instant> until(String key) {
        return Optional.ofNullable(table.get(key)).map(Failures::refusedUntil);
    }

    private static String accountKey(String account) {
        return "account " + account;
    }

    private static String addressKey(String address) {
        return "address " + address;
    }
}
