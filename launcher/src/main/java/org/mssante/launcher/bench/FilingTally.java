package org.mssante.launcher.bench;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;

/** What was handed in and how it ended, by Message-ID: a mail has one document. Instants in nanoseconds. Thread-safe. */
final class FilingTally {
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, Boolean> ended = new ConcurrentHashMap<>();
    private final Collection<Long> answerTimes = new ConcurrentLinkedQueue<>();
    private final Collection<Long> filingTimes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger filed = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger postponed = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong lastFiled = new AtomicLong();
    private final Semaphore open;

    /** @param open most documents on their way at a time */
    FilingTally(int open) {
        this.open = new Semaphore(open);
    }

    /** Returns once another document may be handed in. */
    void awaitRoom() throws InterruptedException {
        open.acquire();
    }

    void begin(BenchMessage message, long now) {
        begun.put(message.id(), now);
    }

    void accept(BenchMessage message, long now) {
        octets.addAndGet(message.parts().stream().mapToLong(part -> part.length).sum());
        answerTimes.add(now - begun.get(message.id()));
    }

    /** Lines of messages that are not of this round do not count. */
    void hear(TraceLine line, long now) {
        Optional<String> id = line.get(Field.MESSAGE_ID);
        Optional<Long> since = id.flatMap(known -> Optional.ofNullable(begun.get(known)));
        if (since.isEmpty()) {
            return;
        }
        if (line.event().equals(Event.DOCUMENT_WAITING.name())) {
            postponed.incrementAndGet();
        } else if (line.event().equals(Event.DOCUMENT_FILED.name())) {
            if (end(id.get())) {
                filed.incrementAndGet();
                filingTimes.add(now - since.get());
                lastFiled.accumulateAndGet(now, Math::max);
            } else {
                repeated.incrementAndGet();
            }
        } else if (line.event().equals(Event.DOCUMENT_REFUSED.name())
                || line.event().equals(Event.DOCUMENT_STOPPED.name())
                || line.event().equals(Event.NO_DOCUMENT.name())) {
            end(id.get());
            refused.incrementAndGet();
        }
    }

    private boolean end(String id) {
        boolean first = ended.putIfAbsent(id, true) == null;
        if (first) {
            open.release();
        }
        return first;
    }

    int handedIn() {
        return answerTimes.size();
    }

    int ended() {
        return ended.size();
    }

    int filed() {
        return filed.get();
    }

    int repeated() {
        return repeated.get();
    }

    int refused() {
        return refused.get();
    }

    int postponed() {
        return postponed.get();
    }

    long octets() {
        return octets.get();
    }

    long lastFiled() {
        return lastFiled.get();
    }

    Percentiles inTheDmp() {
        return Percentiles.of(filingTimes);
    }

    Percentiles answered() {
        return Percentiles.of(answerTimes);
    }
}
