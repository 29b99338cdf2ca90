package org.mssante.annuaire.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.SettableClock;

final class LockoutTest {
    private static final String MANY_PEOPLE = "127.0.0.1";
    private static final String ELSEWHERE = "192.0.2.1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final Lockout lockout = new Lockout(
            new LockoutRules(3, Duration.ofSeconds(1), Duration.ofSeconds(5), Set.of(MANY_PEOPLE), 4), clock);

    @Test
    void delaysAnAccountAfterItsFreeFailures() {
        fail("a", MANY_PEOPLE, 3);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE)).isEmpty();

        fail("a", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(1));
        assertThat(lockout.refusedUntil("b", MANY_PEOPLE)).isEmpty();
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        fail("a", MANY_PEOPLE, 5);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(2));
        fail("a", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(4));
        fail("a", MANY_PEOPLE, 50);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE))
                .contains(clock.instant().plusSeconds(5));
    }

    @Test
    void looksAgainOnceTheDelayIsOver() {
        fail("a", MANY_PEOPLE, 4);
        clock.pass(Duration.ofSeconds(1));

        assertThat(lockout.refusedUntil("a", MANY_PEOPLE)).isEmpty();
    }

    @Test
    void forgetsTheFailuresOfAnAccountThatLogsIn() {
        fail("a", MANY_PEOPLE, 3);
        lockout.succeeded("a");
        fail("a", MANY_PEOPLE, 1);

        assertThat(lockout.refusedUntil("a", MANY_PEOPLE)).isEmpty();
    }

    @Test
    void delaysAnAddressAndNobodyElseWhereTheAccountDoesNotCount() {
        for (int i = 0; i < 4; i++) {
            lockout.failed(ELSEWHERE);
        }

        assertThat(lockout.refusedUntil(ELSEWHERE)).isPresent();
        assertThat(lockout.refusedUntil("192.0.2.2")).isEmpty();
    }

    @Test
    void delaysAnAddressThatTriesManyAccounts() {
        for (int i = 0; i < 4; i++) {
            lockout.failed("account " + i, ELSEWHERE);
        }

        assertThat(lockout.refusedUntil("another", ELSEWHERE)).isPresent();
        assertThat(lockout.refusedUntil("another", "192.0.2.2")).isEmpty();
    }

    @Test
    void delaysAnAddressAlsoForAnAccountThatFailedOnceBefore() {
        fail("a", "192.0.2.2", 1);
        for (int i = 0; i < 4; i++) {
            lockout.failed("another", ELSEWHERE);
        }

        assertThat(lockout.refusedUntil("a", ELSEWHERE)).isPresent();
    }

    @Test
    void sparesAddressesThatLogInForManyPeople() {
        for (int i = 0; i < 4; i++) {
            lockout.failed("account " + i, MANY_PEOPLE);
        }

        assertThat(lockout.refusedUntil("another", MANY_PEOPLE)).isEmpty();
    }

    @Test
    void whatIsLookedAtJustNowCountsAsFailedUntilItHasEnded() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(lockout.begin("a", MANY_PEOPLE)).isEmpty();
        }
        CompletableFuture<Optional<Instant>> fifth =
                CompletableFuture.supplyAsync(() -> lockout.begin("a", MANY_PEOPLE));
        for (int i = 0; i < 4; i++) {
            lockout.failed("a", MANY_PEOPLE);
            lockout.end("a", MANY_PEOPLE);
        }

        assertThat(fifth.get()).contains(clock.instant().plusSeconds(1));
    }

    @Test
    void whoLogsInOftenAtOnceWaitsForHimselfAndIsNotRefused() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(lockout.begin("a", MANY_PEOPLE)).isEmpty();
        }
        CompletableFuture<Optional<Instant>> fifth =
                CompletableFuture.supplyAsync(() -> lockout.begin("a", MANY_PEOPLE));
        for (int i = 0; i < 4; i++) {
            lockout.succeeded("a");
            lockout.end("a", MANY_PEOPLE);
        }

        assertThat(fifth.get()).isEmpty();
    }

    @Test
    void afterADelayOneIsLookedAtAtATime() throws Exception {
        fail("a", MANY_PEOPLE, 4);
        clock.pass(Duration.ofSeconds(1));
        assertThat(lockout.begin("a", MANY_PEOPLE)).isEmpty();
        CompletableFuture<Optional<Instant>> second =
                CompletableFuture.supplyAsync(() -> lockout.begin("a", MANY_PEOPLE));
        lockout.failed("a", MANY_PEOPLE);
        lockout.end("a", MANY_PEOPLE);

        assertThat(second.get()).contains(clock.instant().plusSeconds(2));
    }

    @Test
    void remembersOnlySoMany() {
        fail("a", MANY_PEOPLE, 4);
        fail("b", MANY_PEOPLE, 1);
        fail("c", MANY_PEOPLE, 1);
        fail("d", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE)).isPresent();

        fail("e", MANY_PEOPLE, 1);
        assertThat(lockout.refusedUntil("a", MANY_PEOPLE)).isEmpty();
    }

    private void fail(String account, String address, int times) {
        for (int i = 0; i < times; i++) {
            lockout.failed(account, address);
        }
    }
}
