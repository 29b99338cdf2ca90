package org.mssante.annuaire.sync;

import java.io.InterruptedIOException;

/** What a look at the register is doing, for whoever waits for it; and the way to break it off. Thread-safe. */
public final class Progress {
    private volatile String words = "";
    private volatile boolean stopping;

    /** English; empty while nothing is under way. */
    public String words() {
        return words;
    }

    /** @throws InterruptedIOException where the look is to be broken off */
    void at(String now) throws InterruptedIOException {
        if (stopping) {
            throw new InterruptedIOException("the service stops");
        }
        words = now;
    }

    void ended() {
        words = "";
    }

    void stop() {
        stopping = true;
    }
}
