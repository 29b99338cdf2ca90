package org.mssante.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.outcome.Outcome;

/** What counts as a guess, and how far guesses get. */
class FailedLoginsTest {
    private static final int FREE_OF_NAME = 3;
    private static final int FREE_OF_ADDRESS = 6;
    private static final int FREE_PROOFS = 10;
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final LoginDecision WRONG = new LoginDecision.Refused(Outcome.AUTHENTICATION_FAILED, "wrong");
    private static final LoginDecision LATER =
            new LoginDecision.RetryLater(Outcome.DIRECTORY_UNAVAILABLE, "the directory is silent");

    private static final LoginDecision PROVEN =
            new LoginDecision.Refused(Outcome.AUTHENTICATION_FAILED, "no right there", true);

    private final FailedLogins logins = new FailedLogins(lockout(FREE_OF_ADDRESS), lockout(FREE_PROOFS));

    @Test
    void guessesAtTheSameTimeGetNoFurtherThanOneAfterTheOther() throws Exception {
        int guesses = 30;
        CountDownLatch ready = new CountDownLatch(guesses);
        ExecutorService threads = Executors.newFixedThreadPool(guesses);
        try {
            List<Future<LoginDecision>> answers = new ArrayList<>();
            for (int i = 0; i < guesses; i++) {
                InetAddress own = InetAddress.getByName("192.0.2." + i);
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return logins.judge(own, Optional.of(PERSON), FailedLoginsTest::slowlyWrong);
                }));
            }
            List<LoginDecision> given = new ArrayList<>();
            for (Future<LoginDecision> answer : answers) {
                given.add(answer.get());
            }
            assertThat(given).filteredOn(WRONG::equals).hasSize(FREE_OF_NAME + 1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void addressesOfOneNetworkOfIpv6CountTogether() throws Exception {
        for (int i = 0; i <= FREE_OF_ADDRESS; i++) {
            assertThat(logins.judge(InetAddress.getByName("2001:db8:0:1::" + i), person(i), () -> WRONG))
                    .isEqualTo(WRONG);
        }

        assertThat(tooMany(logins.judge(InetAddress.getByName("2001:db8:0:1:a::"), person(98), () -> WRONG)))
                .isTrue();
        assertThat(tooMany(logins.judge(InetAddress.getByName("2001:db8:0:2::"), person(99), () -> WRONG)))
                .isFalse();
    }

    @Test
    void tokensThatHaveExpiredKeepNobodyBehindTheirAddressFromHisPassword() throws Exception {
        InetAddress hospital = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i <= FREE_PROOFS; i++) {
            assertThat(logins.judge(hospital, Optional.empty(), () -> WRONG)).isEqualTo(WRONG);
        }

        assertThat(tooMany(logins.judge(hospital, Optional.empty(), () -> WRONG)))
                .isTrue();
        assertThat(logins.judge(hospital, Optional.of(PERSON), () -> WRONG)).isEqualTo(WRONG);
    }

    @Test
    void whoProvesByTokenWhoHeIsAndHasNoRightThereSlowsNobodyBehindHisAddress() throws Exception {
        InetAddress hospital = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i <= 2 * FREE_PROOFS; i++) {
            assertThat(logins.judge(hospital, Optional.empty(), () -> PROVEN)).isEqualTo(PROVEN);
        }
    }

    @Test
    void whoProvesItByPasswordCountsForHisAddressAlone() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i <= FREE_OF_ADDRESS; i++) {
            assertThat(logins.judge(address, Optional.of(PERSON), () -> PROVEN)).isEqualTo(PROVEN);
        }

        assertThat(tooMany(logins.judge(address, person(1), () -> WRONG))).isTrue();
        assertThat(logins.judge(InetAddress.getByName("192.0.2.2"), Optional.of(PERSON), () -> WRONG))
                .isEqualTo(WRONG);
    }

    @Test
    void whoIsNotLookedAtAnyMoreIsNamed() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i <= FREE_OF_NAME; i++) {
            assertThat(logins.judge(address, Optional.of(PERSON), () -> WRONG)).isEqualTo(WRONG);
        }

        assertThat(logins.judge(address, Optional.of(PERSON), () -> WRONG))
                .isEqualTo(new LoginDecision.RetryLater(
                        Outcome.LOGINS_TOO_MANY, "too many log-ins of " + PERSON + " or of this address have failed"));
    }

    @Test
    void whatTheServerCannotDecideIsNoGuess() throws Exception {
        for (int i = 0; i <= FREE_OF_ADDRESS; i++) {
            assertThat(logins.judge(InetAddress.getByName("192.0.2.1"), Optional.of(PERSON), () -> LATER))
                    .isEqualTo(LATER);
        }
    }

    private static Lockout lockout(int freeOfAddress) {
        return new Lockout(
                new LockoutRules(
                        new Allowance(FREE_OF_NAME, Duration.ofHours(1)),
                        new Allowance(freeOfAddress, Duration.ofHours(1)),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Set.of(),
                        100),
                Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));
    }

    private static Optional<MailAddress> person(int number) {
        return Optional.of(MailAddress.parse("dr.test" + number + "@demo.medecin.mssante.fr"));
    }

    private static boolean tooMany(LoginDecision decision) {
        return decision instanceof LoginDecision.RetryLater later && later.outcome() == Outcome.LOGINS_TOO_MANY;
    }

    private static LoginDecision slowlyWrong() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return WRONG;
    }
}
