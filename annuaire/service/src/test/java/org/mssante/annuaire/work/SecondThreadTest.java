package org.mssante.annuaire.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SecondThreadTest {
    private static final int WAITING = 2;

    @Test
    void whatWaitsForRoomIsDoneInTheOrderItCame() throws IOException {
        List<Integer> done = new ArrayList<>();
        try (SecondThread second = new SecondThread("second", WAITING, SecondThread.Overload.WAIT)) {
            for (int i = 0; i < 1_000; i++) {
                int piece = i;
                second.take(() -> done.add(piece));
            }
            second.finish();
        }
        assertThat(done).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void noMoreWaitsThanMay() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        try (SecondThread second = new SecondThread("second", WAITING, SecondThread.Overload.WAIT)) {
            Thread giving = new Thread(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        second.take(() -> await(go));
                        taken.incrementAndGet();
                    }
                    second.finish();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            giving.start();
            // one is being done
            Awaitility.await().until(() -> taken.get() == 1 + WAITING && giving.getState() == Thread.State.WAITING);

            go.countDown();
            giving.join();
            assertThat(taken).hasValue(10);
        }
    }

    @Test
    void theCallerDoesWhatIsTooMuch() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> workers = new ConcurrentLinkedQueue<>();
        try (SecondThread second = new SecondThread("second", WAITING, SecondThread.Overload.DO_IT)) {
            second.take(() -> await(go));
            for (int i = 0; i < 2 * WAITING; i++) {
                second.take(() -> workers.add(Thread.currentThread().getName()));
            }
            String caller = Thread.currentThread().getName();
            assertThat(workers).isNotEmpty().containsOnly(caller);
            go.countDown();
            second.finish();
            assertThat(workers).hasSize(2 * WAITING).contains("second");
        }
    }

    @Test
    void aFailureEndsTheWholeWork() throws IOException {
        try (SecondThread second = new SecondThread("second", WAITING, SecondThread.Overload.WAIT)) {
            second.take(() -> {
                throw new IOException("the disk is full");
            });
            assertThatThrownBy(second::finish).hasRootCauseMessage("the disk is full");
            assertThatThrownBy(() -> second.take(() -> {})).hasRootCauseMessage("the disk is full");
        }
    }

    @Test
    void whatWaitsWhenItIsClosedIsNotDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        SecondThread second = new SecondThread("second", WAITING, SecondThread.Overload.WAIT);
        second.take(() -> {
            begun.countDown();
            await(go);
        });
        await(begun);
        second.take(done::incrementAndGet);
        Thread closing = new Thread(() -> {
            try {
                second.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        closing.start();
        // it waits for the piece that is being done
        Awaitility.await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        closing.join();
        assertThat(done).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
