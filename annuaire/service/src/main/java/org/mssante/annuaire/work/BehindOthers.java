package org.mssante.annuaire.work;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Long work that lets those who answer clients go first: it is done on a thread of the lowest priority, and so is what that thread
 * has others do that it makes. The JVM has to be told to tell the system of priorities ({@code -XX:ThreadPriorityPolicy=1}, and what
 * the lowest is), else it says nothing. A thread of its own, since nobody but root raises a priority that was lowered.
 */
public final class BehindOthers {
    private BehindOthers() {}

    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Returns what the work gives, or throws what it throws, once it has ended; an interrupt waits until then. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: who asks waits less
    public static <T> T run(String name, Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work::run);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException thrown(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (IOException) failure;
    }
}
