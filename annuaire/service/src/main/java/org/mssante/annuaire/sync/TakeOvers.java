package org.mssante.annuaire.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the directory show what was changed in the registry. One take-over serves all who ask before it begins; one that failed is
 * made again until it succeeds. Thread-safe.
 */
public final class TakeOvers implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TakeOvers.class);

    private final DirectoryView view;
    private final Duration pause;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread worker = new Thread(work, "take-over");
        worker.setDaemon(true);
        return worker;
    });
    private Optional<CompletableFuture<Boolean>> next = Optional.empty();
    private boolean again;

    /** @param pause before one that failed is made again */
    public TakeOvers(DirectoryView view, Duration pause) {
        this.view = view;
        this.pause = pause;
    }

    /**
     * Waits until the directory shows what stood in the registry at the call.
     *
     * @return false where it does not yet: it took longer, or failed, which is in the log and is tried again; what was changed stands
     */
    public boolean await(Duration patience) {
        try {
            return wanted().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.info(
                    "a change of a mailbox is not in the directory after {}: it comes with the take-over", patience);
            return false;
        } catch (ExecutionException e) {
            LOGGER.error("a change of a mailbox is not in the directory: {}", FailureTrail.of(e));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks for one, and waits for nothing. */
    public void want() {
        var unused = wanted();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private synchronized CompletableFuture<Boolean> wanted() {
        if (next.isEmpty()) {
            next = Optional.of(CompletableFuture.supplyAsync(this::takeOver, thread));
        }
        return next.get();
    }

    private boolean takeOver() {
        synchronized (this) {
            // whoever changes something from here on asks for another one
            next = Optional.empty();
        }
        try {
            view.takeOverMailboxes();
            return true;
        } catch (IOException | RuntimeException e) {
            LOGGER.error(
                    "our mailboxes were not taken over into the directory, again in {}: {}", pause, FailureTrail.of(e));
            tryAgain();
            return false;
        }
    }

    private synchronized void tryAgain() {
        if (!again) {
            again = true;
            var unused = thread.schedule(this::wantedAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void wantedAgain() {
        again = false;
        want();
    }
}
