package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomTest {
    private final Room room = new Room(100_000);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void workThatFitsGoesOnBesideOtherWork() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread first = holding(60_000, end);

        room.within(30_000, () -> done.add("second"));

        assertThat(done).containsExactly("second");
        end.countDown();
        first.join();
    }

    @Test
    void workThatDoesNotFitWaits() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread first = holding(60_000, end);
        Thread second = new Thread(() -> room.within(60_000, () -> done.add("second")));
        second.start();

        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
        assertThat(done).isEmpty();

        end.countDown();
        first.join();
        second.join();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void workLargerThanTheRoomHasAllOfIt() {
        room.within(Long.MAX_VALUE / 2, () -> done.add("large"));
        room.within(1, () -> done.add("small"));

        assertThat(done).containsExactly("large", "small");
    }

    @Test
    void aFailureGivesTheRoomBack() {
        for (int i = 0; i < 2; i++) {
            try {
                room.within(100_000, () -> {
                    throw new IllegalStateException("a defect");
                });
            } catch (IllegalStateException e) {
                done.add(e.getMessage());
            }
        }

        assertThat(done).containsExactly("a defect", "a defect");
    }

    private Thread holding(long octets, CountDownLatch end) {
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(() -> room.within(octets, () -> {
            begun.countDown();
            awaitUninterrupted(end);
            done.add("first");
        }));
        thread.start();
        awaitUninterrupted(begun);
        return thread;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
