package org.mssante.annuaire.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the register now and then, on a thread of its own. */
public final class RegisterSchedule implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegisterSchedule.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DirectoryView view;
    private final ScheduledExecutorService thread;

    private RegisterSchedule(DirectoryView view, ScheduledExecutorService thread) {
        this.view = view;
        this.thread = thread;
    }

    /** Looks after a first pause, then in each interval. */
    public static RegisterSchedule start(DirectoryView view, Duration first, Duration interval) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "register");
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> look(view), first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return new RegisterSchedule(view, thread);
    }

    /** An update under way is broken off; the directory stays as it was. */
    @Override
    public void close() {
        // no interrupt: it would close the files of the index under the reader's hands
        thread.shutdown();
        view.stop();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("the look at the register does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(DirectoryView view) {
        try {
            view.lookBySchedule();
        } catch (IOException | RuntimeException e) {
            // the next look is made all the same
            LOGGER.error("the register could not be looked at: {}", FailureTrail.of(e));
        }
    }
}
