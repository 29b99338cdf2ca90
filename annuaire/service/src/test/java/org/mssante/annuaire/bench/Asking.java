package org.mssante.annuaire.bench;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Puts questions while something goes on, each on a thread of its own. */
final class Asking implements AutoCloseable {
    private final List<KnownMailbox> mailboxes;
    private final List<Line> lines = new ArrayList<>();
    private final List<LDAPConnection> connections = new ArrayList<>();
    private final AtomicBoolean going = new AtomicBoolean(true);

    Asking(List<KnownMailbox> mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** A search for one mailbox. */
    @FunctionalInterface
    interface Question {
        /** @return whether it was found */
        boolean ask(KnownMailbox mailbox) throws Exception;
    }

    /** What goes on meanwhile. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /**
     * @param interval from one question to the next; zero for as fast as it is answered. A question that comes late, since the one
     *     before took long, has waited since it was due.
     */
    private record Line(String name, Question question, Duration interval) {}

    /**
     * What was measured of the questions of one name.
     *
     * @param found how many of them found something
     */
    record Figures(int asked, int found, double seconds, Duration p50, Duration p99) {
        double perSecond() {
            return asked / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f/s, p50 %.2f ms, p99 %.2f ms, %.1f %% found",
                    perSecond(),
                    millis(p50),
                    millis(p99),
                    100.0 * found / Math.max(1, asked));
        }

        static double millis(Duration time) {
            return time.toNanos() / 1e6;
        }
    }

    /** The times of one thread, which makes no garbage while it measures. */
    private static final class Times {
        private long[] nanos = new long[1 << 10];
        private int asked;
        private int found;

        void add(long time, boolean hit) {
            if (asked == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * asked);
            }
            nanos[asked++] = time;
            found += hit ? 1 : 0;
        }
    }

    /** Questions of one name are counted together. */
    Asking add(String name, Duration interval, Question question) {
        lines.add(new Line(name, question, interval));
        return this;
    }

    /** A connection that questions are asked on. */
    Asking closing(LDAPConnection connection) {
        connections.add(connection);
        return this;
    }

    @Override
    public void close() {
        connections.forEach(LDAPConnection::close);
    }

    /** By name, in the order they were added. */
    Map<String, Figures> during(Work work) throws Exception {
        going.set(true);
        ExecutorService threads = Executors.newCachedThreadPool();
        Map<String, List<Future<Times>>> asking = new LinkedHashMap<>();
        for (Line line : lines) {
            int seed = lines.indexOf(line);
            asking.computeIfAbsent(line.name(), unused -> new ArrayList<>()).add(threads.submit(() -> ask(line, seed)));
        }
        long start = System.nanoTime();
        try {
            work.run();
        } finally {
            going.set(false);
            threads.shutdown();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (Map.Entry<String, List<Future<Times>>> name : asking.entrySet()) {
            List<Times> times = new ArrayList<>();
            for (Future<Times> thread : name.getValue()) {
                times.add(thread.get());
            }
            figures.put(name.getKey(), figures(times, seconds));
        }
        return figures;
    }

    private Times ask(Line line, int seed) throws Exception {
        Random random = new Random(seed);
        Times times = new Times();
        boolean paced = !line.interval().isZero();
        long due = System.nanoTime();
        while (going.get()) {
            KnownMailbox mailbox = mailboxes.get(random.nextInt(mailboxes.size()));
            long wait = due - System.nanoTime();
            if (paced && wait > 0) {
                LockSupport.parkNanos(wait);
            }
            long start = System.nanoTime();
            boolean found = line.question().ask(mailbox);
            times.add(System.nanoTime() - (paced ? due : start), found);
            due += line.interval().toNanos();
        }
        return times;
    }

    private static Figures figures(List<Times> times, double seconds) {
        long[] sorted = times.stream()
                .flatMapToLong(one -> Arrays.stream(one.nanos, 0, one.asked))
                .sorted()
                .toArray();
        int found = times.stream().mapToInt(one -> one.found).sum();
        return new Figures(sorted.length, found, seconds, rank(sorted, 0.50), rank(sorted, 0.99));
    }

    /** Nearest rank; zero where nothing was asked. */
    private static Duration rank(long[] sorted, double share) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
    }
}
