package org.mssante.launcher.bench;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What has been sent, accepted and seen in one round, by Message-ID and recipient. Instants in nanoseconds. Thread-safe. */
final class Tally {
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<Copy, Boolean> seen = new ConcurrentHashMap<>();
    private final Collection<Long> answerTimes = new ConcurrentLinkedQueue<>();
    private final Collection<Long> visibleTimes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicLong lastAccepted = new AtomicLong();
    private final AtomicLong lastSeen = new AtomicLong();

    private record Copy(String id, Account recipient) {}

    void begin(BenchMessage message, long now) {
        begun.put(message.id(), now);
    }

    void accept(BenchMessage message, long now) {
        accepted.incrementAndGet();
        expected.addAndGet(message.recipients().size());
        answerTimes.add(now - begun.get(message.id()));
        lastAccepted.accumulateAndGet(now, Math::max);
    }

    /** Messages that are not of this round do not count. */
    void see(String id, Account recipient, long now) {
        Optional<Long> since = Optional.ofNullable(begun.get(id));
        if (since.isEmpty()) {
            return;
        }
        if (seen.putIfAbsent(new Copy(id, recipient), true) != null) {
            repeated.incrementAndGet();
            return;
        }
        visibleTimes.add(now - since.get());
        lastSeen.accumulateAndGet(now, Math::max);
    }

    int accepted() {
        return accepted.get();
    }

    int expected() {
        return expected.get();
    }

    int seen() {
        return seen.size();
    }

    int repeated() {
        return repeated.get();
    }

    long lastAccepted() {
        return lastAccepted.get();
    }

    long lastSeen() {
        return lastSeen.get();
    }

    Percentiles visible() {
        return Percentiles.of(visibleTimes);
    }

    Percentiles answered() {
        return Percentiles.of(answerTimes);
    }
}
