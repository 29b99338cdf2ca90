package org.mssante.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.tls.OwnKey;
import org.mssante.server.smime.SigningKeyFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks regularly whether keys of ours were renewed. */
final class KeyRefresh implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(KeyRefresh.class);

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "key-refresh");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> looks;

    /** @param every how long after one look the next one comes */
    KeyRefresh(OwnKey identity, SigningKeyFolder signing, Duration every) {
        long pause = every.toMillis();
        this.looks = looking.scheduleWithFixedDelay(() -> look(identity, signing), pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The outermost loop: whatever goes wrong once must not end the looking. */
    private static void look(OwnKey identity, SigningKeyFolder signing) {
        try {
            identity.refresh();
            signing.refresh();
        } catch (RuntimeException e) {
            LOGGER.error("our keys could not be looked after; the next look follows: {}", FailureTrail.of(e));
        }
    }

    @Override
    public void close() {
        looks.cancel(true);
        looking.shutdown();
    }
}
