package org.mssante.server.storage.events;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions of a PostgreSQL database were committed at an instant (PostgreSQL manual, 9.27, {@code pg_snapshot}).
 *
 * @param xmin every transaction below had ended
 * @param xmax no transaction from here on had begun
 * @param running those in between that had not ended
 */
record LogSnapshot(long xmin, long xmax, Set<Long> running) {
    /** Before the first transaction. */
    static final LogSnapshot EMPTY = new LogSnapshot(0, 0, Set.of());

    LogSnapshot {
        running = Set.copyOf(running);
    }

    /** Reads PostgreSQL's text form, {@code xmin:xmax:running,running}. */
    static LogSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a snapshot: " + text);
        }
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new LogSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** Whether what the transaction wrote could be seen then, given that it was committed since. */
    boolean sees(long transaction) {
        return transaction < xmax && !running.contains(transaction);
    }
}
