package org.mssante.core.service;

import java.util.function.IntConsumer;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends a thread that nobody watches. Where memory is the reason the process ends too: others may wait for that thread for
 * ever, as H2 does for its writers, and a service that has ended is started again. The JVM's own
 * {@code -XX:+ExitOnOutOfMemoryError} knows of the heap alone, not of direct memory.
 */
final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
    /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_OUT_OF_MEMORY = 3;

    private static final Logger LOGGER = LoggerFactory.getLogger(UncaughtFailures.class);

    private final IntConsumer halt;

    /** @param halt ends the process at once, with an exit code */
    UncaughtFailures(IntConsumer halt) {
        this.halt = halt;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        try {
            LOGGER.error("the thread {} has ended: {}", thread.getName(), FailureTrail.of(failure));
        } finally {
            if (failure instanceof OutOfMemoryError) {
                halt.accept(EXIT_OUT_OF_MEMORY);
            }
        }
    }
}
