package org.mssante.core.lockout;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing of passwords. After some failures an account, and an address clients come from, is refused for a
 * while that doubles with every further failure; failures are forgotten one by one. Names nobody has are counted like any other,
 * so that a refusal tells nothing. Attempts that are looked at just now count as failures until they have ended, so that many at once
 * get no further than one after the other; what there is no room for waits. The table is bounded; the oldest go first. Thread-safe.
 */
public final class Lockout {
    private final LockoutRules rules;
    private final Clock clock;
    private final Map<Key, Failures> table;
    private final Map<Key, Integer> begun = new HashMap<>();

    private record Key(String name, Allowance allowance) {}

    private record Failures(int count, Instant refusedUntil) {}

    public Lockout(LockoutRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.table = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
                return size() > rules.entries();
            }
        };
    }

    /**
     * Begins an attempt, which {@link #end} has to end. Waits while those that have begun may turn out to be failures too many.
     *
     * @param account empty where nobody can guess the secret, so that strangers must not be able to lock it
     * @return when the next attempt will be looked at; empty where this one has begun
     */
    public synchronized Optional<Instant> begin(Optional<String> account, String address) {
        List<Key> keys = keys(account, address);
        Optional<Instant> refusedUntil = refusedUntil(keys);
        while (refusedUntil.isEmpty() && !keys.stream().allMatch(this::hasRoom)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(clock.instant());
            }
            refusedUntil = refusedUntil(keys);
        }
        if (refusedUntil.isEmpty()) {
            keys.forEach(key -> begun.merge(key, 1, Integer::sum));
        }
        return refusedUntil;
    }

    /** Ends an attempt, after its failure was counted. */
    public synchronized void end(Optional<String> account, String address) {
        keys(account, address)
                .forEach(key -> begun.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1));
        notifyAll();
    }

    /** @param account empty where the failure counts for the address alone */
    public synchronized void failed(Optional<String> account, String address) {
        keys(account, address).forEach(this::count);
    }

    /** A success clears the account, not the address: one stolen password must not open the way to more. */
    public synchronized void succeeded(String account) {
        table.remove(accountKey(account));
    }

    /** When the next attempt will be looked at; empty where it is now. */
    synchronized Optional<Instant> refusedUntil(Optional<String> account, String address) {
        return refusedUntil(keys(account, address));
    }

    private Optional<Instant> refusedUntil(List<Key> keys) {
        Instant now = clock.instant();
        return keys.stream()
                .flatMap(key -> Optional.ofNullable(table.get(key)).stream())
                .map(Failures::refusedUntil)
                .filter(now::isBefore)
                .max(Comparator.naturalOrder());
    }

    /** One at a time, and as many more as may fail without delay. */
    private boolean hasRoom(Key key) {
        int now = begun.getOrDefault(key, 0);
        return now == 0 || remembered(key) + now <= key.allowance().freeFailures();
    }

    private void count(Key key) {
        int count = remembered(key) + 1;
        // put again: the order of the table is the order of the last failures
        table.remove(key);
        table.put(
                key,
                new Failures(
                        count,
                        clock.instant().plus(delay(count - key.allowance().freeFailures()))));
    }

    private int remembered(Key key) {
        Failures failures = table.get(key);
        if (failures == null) {
            return 0;
        }
        Duration quiet = Duration.between(failures.refusedUntil(), clock.instant());
        long forgotten =
                quiet.isNegative() ? 0 : quiet.dividedBy(key.allowance().forgotten());
        return (int) Math.max(0, failures.count() - forgotten);
    }

    private Duration delay(int failuresTooMany) {
        if (failuresTooMany <= 0) {
            return Duration.ZERO;
        }
        Duration delay = rules.firstDelay();
        for (int i = 1; i < failuresTooMany && delay.compareTo(rules.longestDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(rules.longestDelay()) < 0 ? delay : rules.longestDelay();
    }

    private List<Key> keys(Optional<String> account, String address) {
        List<Key> keys = new ArrayList<>();
        account.map(this::accountKey).ifPresent(keys::add);
        if (!rules.exemptAddresses().contains(address)) {
            keys.add(new Key("address " + network(address), rules.address()));
        }
        return keys;
    }

    private Key accountKey(String account) {
        return new Key("account " + account, rules.account());
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return ClientNetwork.of(InetAddress.getByName(address)).name();
        } catch (UnknownHostException e) {
            // counted as it stands
            return address;
        }
    }
}
