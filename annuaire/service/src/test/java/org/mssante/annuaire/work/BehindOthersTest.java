package org.mssante.annuaire.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BehindOthersTest {
    @Test
    void theWorkAndTheThreadsItMakesHaveTheLowestPriorityAndTheCallerKeepsHis() throws IOException {
        int before = Thread.currentThread().getPriority();

        List<Integer> priorities = BehindOthers.run(
                "test", () -> List.of(Thread.currentThread().getPriority(), new Thread(() -> {}).getPriority()));

        assertThat(priorities).containsOnly(Thread.MIN_PRIORITY);
        assertThat(Thread.currentThread().getPriority()).isEqualTo(before);
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatThrownBy(() -> BehindOthers.run("test", () -> {
                    throw new IOException("no file");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no file");
        assertThatThrownBy(() -> BehindOthers.run("test", () -> {
                    throw new IllegalStateException("not so");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> BehindOthers.run("test", () -> {
                    throw new AssertionError("never");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anInterruptWaitsForTheEndOfTheWork() throws IOException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Thread other = new Thread(() -> {
            awaitQuietly(begun);
            caller.interrupt();
            end.countDown();
        });
        other.start();

        String result = BehindOthers.run("test", () -> {
            begun.countDown();
            awaitQuietly(end);
            return "done";
        });

        assertThat(result).isEqualTo("done");
        other.join();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
