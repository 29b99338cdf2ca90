package org.mssante.dmp.bridge.filing;

import java.util.concurrent.Semaphore;

/**
 * The memory that mails and documents in hand may take together. Work that needs more than is free waits; work that needs more
 * than there is has all of it to itself. Thread-safe.
 */
public final class Room {
    private static final int UNIT = 1_024;

    private final int units;
    private final Semaphore free;

    /** @param octets in all */
    public Room(long octets) {
        this.units = Math.toIntExact(octets / UNIT + 1);
        this.free = new Semaphore(units, true);
    }

    /** Does the work once there is room for so many octets. Work inside other work would wait for itself. */
    public void within(long octets, Runnable work) {
        int needed = (int) Math.min(units, octets / UNIT + 1);
        free.acquireUninterruptibly(needed);
        try {
            work.run();
        } finally {
            free.release(needed);
        }
    }
}
