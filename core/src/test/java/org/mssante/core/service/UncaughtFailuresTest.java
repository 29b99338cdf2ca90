package org.mssante.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class UncaughtFailuresTest {
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final UncaughtFailures failures = new UncaughtFailures(exits::add);

    @Test
    void aThreadThatFoundNoMemoryEndsTheProcess() throws InterruptedException {
        end(new OutOfMemoryError("Cannot reserve 28311552 bytes of direct buffer memory"));
        assertThat(exits).containsExactly(UncaughtFailures.EXIT_OUT_OF_MEMORY);
    }

    @Test
    void anyOtherFailureOfAThreadDoesNot() throws InterruptedException {
        end(new StackOverflowError());
        end(new AssertionError());
        assertThat(exits).isEmpty();
    }

    private void end(Error failure) throws InterruptedException {
        Thread thread = new Thread(() -> {
            throw failure;
        });
        thread.setUncaughtExceptionHandler(failures);
        thread.start();
        thread.join();
    }
}
