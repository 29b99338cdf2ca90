package org.mssante.annuaire.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the directory show what was changed in the registry. One take-over serves all who ask before it begins; while a register is
 * loaded all wait for one. Thread-safe.
 */
public final class TakeOvers implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TakeOvers.class);

    private final DirectoryView view;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "take-over");
        worker.setDaemon(true);
        return worker;
    });
    private Optional<CompletableFuture<Boolean>> next = Optional.empty();

    public TakeOvers(DirectoryView view) {
        this.view = view;
    }

    /**
     * Waits until the directory shows what stood in the registry at the call.
     *
     * @return false where it does not yet: it took longer, or failed, which is in the log; what was changed stands
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
        } catch (IOException e) {
            LOGGER.error("our mailboxes were not taken over into the directory: {}", FailureTrail.of(e));
            return false;
        }
    }
}
