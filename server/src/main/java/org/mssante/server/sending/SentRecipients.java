package org.mssante.server.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * To how many recipients each of our mailboxes has sent within the last while, over all connections of this server: what
 * bounds the harm of a stolen log-in. Kept in memory: another node counts for itself, and a restart begins anew. What is
 * sent within a hundredth of the window counts as sent at its beginning, so that a mailbox costs the same however much it
 * sends. Thread-safe.
 */
public final class SentRecipients {
    private static final int STEPS = 100;

    private final Duration window;
    private final Clock clock;
    /** In the order in which they last sent. */
    private final Map<MailAddress, Deque<Sent>> byMailbox = new LinkedHashMap<>();

    private record Sent(Instant at, long recipients) {}

    /** @param window how long a recipient counts */
    public SentRecipients(Duration window, Clock clock) {
        this.window = window;
        this.clock = clock;
    }

    /**
     * The first of some mailboxes that may not send to so many more; empty where all may.
     *
     * @param limits of each of them
     */
    public synchronized Optional<MailAddress> full(Map<MailAddress, Long> limits, long recipients) {
        Instant now = clock.instant();
        return limits.entrySet().stream()
                .filter(mailbox -> recipients > mailbox.getValue() - counted(mailbox.getKey(), now))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Counts them for each of the mailboxes.
     *
     * @return the first for which they are too many: then nothing is counted
     */
    public synchronized Optional<MailAddress> add(Map<MailAddress, Long> limits, long recipients) {
        Optional<MailAddress> full = full(limits, recipients);
        if (full.isEmpty()) {
            Instant now = clock.instant();
            limits.keySet().forEach(mailbox -> count(mailbox, recipients, now));
            forgetTheSilent(now);
        }
        return full;
    }

    /** Counts them no longer: what they were counted for was not accepted in the end. */
    public synchronized void giveBack(Collection<MailAddress> mailboxes, long recipients) {
        for (MailAddress mailbox : mailboxes) {
            Deque<Sent> sent = byMailbox.getOrDefault(mailbox, new ArrayDeque<>());
            long left = recipients;
            while (left > 0 && !sent.isEmpty()) {
                Sent last = sent.removeLast();
                if (last.recipients() > left) {
                    sent.addLast(new Sent(last.at(), last.recipients() - left));
                }
                left -= Math.min(left, last.recipients());
            }
        }
    }

    private void count(MailAddress mailbox, long recipients, Instant now) {
        Deque<Sent> known = byMailbox.remove(mailbox);
        Deque<Sent> sent = known == null ? new ArrayDeque<>() : known;
        if (!sent.isEmpty() && now.isBefore(sent.getLast().at().plus(window.dividedBy(STEPS)))) {
            Sent last = sent.removeLast();
            sent.addLast(new Sent(last.at(), last.recipients() + recipients));
        } else {
            sent.addLast(new Sent(now, recipients));
        }
        byMailbox.put(mailbox, sent);
    }

    private long counted(MailAddress mailbox, Instant now) {
        Deque<Sent> sent = byMailbox.get(mailbox);
        if (sent == null) {
            return 0;
        }
        while (!sent.isEmpty() && isOver(sent.getFirst(), now)) {
            sent.removeFirst();
        }
        return sent.stream().mapToLong(Sent::recipients).sum();
    }

    private void forgetTheSilent(Instant now) {
        Iterator<Deque<Sent>> longestAgo = byMailbox.values().iterator();
        while (longestAgo.hasNext()) {
            Deque<Sent> sent = longestAgo.next();
            if (!sent.isEmpty() && !isOver(sent.getLast(), now)) {
                return;
            }
            longestAgo.remove();
        }
    }

    private boolean isOver(Sent sent, Instant now) {
        return !now.isBefore(sent.at().plus(window));
    }
}
