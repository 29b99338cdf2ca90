package org.mssante.core.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mssante.core.time.SettableClock;

final class LockoutTest {
    private static final String MANY_PEOPLE = "127.0.0.1";
    private static final String ELSEWHERE = "192.0.2.1";

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final Lockout lockout = new Lockout(
            new LockoutRules(
                    new Allowance(3, FORGOTTEN),
                    new Allowance(3, FORGOTTEN),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Set.of(MANY_PEOPLE),
                    4),
            clock);

    @Test
    void delaysAnAccountAfterItsFreeFailures() {
        fail("a", MANY_PEOPLE, 3);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isEmpty();

        fail("a", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(1));
        assertThat(lockout.refusedUntil(Optional.of("b"), MANY_PEOPLE)).isEmpty();
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        fail("a", MANY_PEOPLE, 5);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(2));
        fail("a", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(4));
        fail("a", MANY_PEOPLE, 50);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(5));
    }

    @Test
    void looksAgainOnceTheDelayIsOver() {
        fail("a", MANY_PEOPLE, 4);
        clock.pass(Duration.ofSeconds(1));

        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isEmpty();
    }

    @Test
    void forgetsTheFailuresOfAnAccountThatLogsIn() {
        fail("a", MANY_PEOPLE, 3);
        lockout.succeeded("a");
        fail("a", MANY_PEOPLE, 1);

        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isEmpty();
    }

    @Test
    void delaysAnAddressAndNobodyElseWhereTheAccountDoesNotCount() {
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.empty(), ELSEWHERE);
        }

        assertThat(lockout.refusedUntil(Optional.empty(), ELSEWHERE)).isPresent();
        assertThat(lockout.refusedUntil(Optional.empty(), "192.0.2.2")).isEmpty();
    }

    @Test
    void delaysAnAddressThatTriesManyAccounts() {
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.of("account " + i), ELSEWHERE);
        }

        assertThat(lockout.refusedUntil(Optional.of("another"), ELSEWHERE)).isPresent();
        assertThat(lockout.refusedUntil(Optional.of("another"), "192.0.2.2")).isEmpty();
    }

    @Test
    void delaysAnAddressAlsoForAnAccountThatFailedOnceBefore() {
        fail("a", "192.0.2.2", 1);
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.of("another"), ELSEWHERE);
        }

        assertThat(lockout.refusedUntil(Optional.of("a"), ELSEWHERE)).isPresent();
    }

    @Test
    void sparesAddressesThatLogInForManyPeople() {
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.of("account " + i), MANY_PEOPLE);
        }

        assertThat(lockout.refusedUntil(Optional.of("another"), MANY_PEOPLE)).isEmpty();
    }

    @Test
    void whatIsLookedAtJustNowCountsAsFailedUntilItHasEnded() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(lockout.begin(Optional.of("a"), MANY_PEOPLE)).isEmpty();
        }
        CompletableFuture<Optional<Instant>> fifth =
                CompletableFuture.supplyAsync(() -> lockout.begin(Optional.of("a"), MANY_PEOPLE));
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.of("a"), MANY_PEOPLE);
            lockout.end(Optional.of("a"), MANY_PEOPLE);
        }

        assertThat(fifth.get()).contains(clock.instant().plusSeconds(1));
    }

    @Test
    void whoLogsInOftenAtOnceWaitsForHimselfAndIsNotRefused() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(lockout.begin(Optional.of("a"), MANY_PEOPLE)).isEmpty();
        }
        CompletableFuture<Optional<Instant>> fifth =
                CompletableFuture.supplyAsync(() -> lockout.begin(Optional.of("a"), MANY_PEOPLE));
        for (int i = 0; i < 4; i++) {
            lockout.succeeded("a");
            lockout.end(Optional.of("a"), MANY_PEOPLE);
        }

        assertThat(fifth.get()).isEmpty();
    }

    @Test
    void afterADelayOneIsLookedAtAtATime() throws Exception {
        fail("a", MANY_PEOPLE, 4);
        clock.pass(Duration.ofSeconds(1));
        assertThat(lockout.begin(Optional.of("a"), MANY_PEOPLE)).isEmpty();
        CompletableFuture<Optional<Instant>> second =
                CompletableFuture.supplyAsync(() -> lockout.begin(Optional.of("a"), MANY_PEOPLE));
        lockout.failed(Optional.of("a"), MANY_PEOPLE);
        lockout.end(Optional.of("a"), MANY_PEOPLE);

        assertThat(second.get()).contains(clock.instant().plusSeconds(2));
    }

    @Test
    void remembersOnlySoMany() {
        fail("a", MANY_PEOPLE, 4);
        fail("b", MANY_PEOPLE, 1);
        fail("c", MANY_PEOPLE, 1);
        fail("d", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isPresent();

        fail("e", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isEmpty();
    }

    @Test
    void forgetsFailuresOneByOneWhileNothingFails() {
        fail("a", MANY_PEOPLE, 3);
        clock.pass(FORGOTTEN.multipliedBy(2));
        fail("a", MANY_PEOPLE, 2);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isEmpty();

        fail("a", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil(Optional.of("a"), MANY_PEOPLE)).isPresent();
    }

    @Test
    void forgetsNothingWhileItRefuses() {
        Lockout longer = new Lockout(
                new LockoutRules(
                        new Allowance(0, FORGOTTEN),
                        new Allowance(0, FORGOTTEN),
                        FORGOTTEN.multipliedBy(10),
                        FORGOTTEN.multipliedBy(100),
                        Set.of(),
                        4),
                clock);
        longer.failed(Optional.of("a"), ELSEWHERE);
        clock.pass(FORGOTTEN.multipliedBy(10));
        longer.failed(Optional.of("a"), ELSEWHERE);

        assertThat(longer.refusedUntil(Optional.of("a"), ELSEWHERE))
                .contains(clock.instant().plus(FORGOTTEN.multipliedBy(20)));
    }

    @Test
    void countsTheAddressesOfOneNetworkOfIpv6Together() {
        for (int i = 0; i < 4; i++) {
            lockout.failed(Optional.of("account " + i), "2001:db8:0:1::" + i);
        }

        assertThat(lockout.refusedUntil(Optional.empty(), "2001:db8:0:1:ffff::1"))
                .isPresent();
        assertThat(lockout.refusedUntil(Optional.empty(), "2001:db8:0:2::1")).isEmpty();
    }

    private void fail(String account, String address, int times) {
        for (int i = 0; i < times; i++) {
            lockout.failed(Optional.of(account), address);
        }
    }
}
