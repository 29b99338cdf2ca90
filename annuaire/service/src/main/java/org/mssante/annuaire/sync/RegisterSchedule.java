package org.mssante.annuaire.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the register now and then, and does what follows from it, on a thread of its own. */
public final class RegisterSchedule implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegisterSchedule.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DirectoryView view;
    private final List<Step> following;
    private final ScheduledExecutorService thread;

    /** What is done in each interval. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException;
    }

    private RegisterSchedule(DirectoryView view, List<Step> following, ScheduledExecutorService thread) {
        this.view = view;
        this.following = List.copyOf(following);
        this.thread = thread;
    }

    /**
     * Looks after a first pause, then in each interval.
     *
     * @param following done at once and after each look, in their order, whatever became of it and of each other
     */
    public static RegisterSchedule start(DirectoryView view, List<Step> following, Duration first, Duration interval) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "register");
            made.setDaemon(true);
            return made;
        });
        RegisterSchedule schedule = new RegisterSchedule(view, following, thread);
        schedule.followSoon();
        var unused = thread.scheduleWithFixedDelay(
                schedule::look, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return schedule;
    }

    /** Looks as soon as the thread is free: something new is known to be there. */
    public void lookSoon() {
        thread.execute(this::look);
    }

    /** Does what follows from a look that somebody else made, as soon as the thread is free. */
    public void followSoon() {
        thread.execute(this::follow);
    }

    private void look() {
        attempt(view::lookBySchedule);
        follow();
    }

    private void follow() {
        following.forEach(RegisterSchedule::attempt);
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

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            // the next one is made all the same
            LOGGER.error("a look at the register is not done: {}", FailureTrail.of(e));
        }
    }
}
