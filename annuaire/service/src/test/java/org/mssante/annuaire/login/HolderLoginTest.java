package org.mssante.annuaire.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.registry.Enrolment;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.core.id.MailAddress;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

/** A person who manages his own mailbox, and somebody who tries to be him. */
final class HolderLoginTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final String OWN = "right";
    private static final String HIS_PLACE = "192.0.2.1";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final List<TraceEntry> trace = new CopyOnWriteArrayList<>();
    private RegistryDatabase database;
    private PersonalFixture people;
    private Enrolment enrolment;
    private Logins logins;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        people.passwords().set(PERSON, OWN, WARRANT);
        enrolment = people.enrol(PERSON);
        clock.pass(Duration.ofMinutes(1));
        logins = new Logins(
                new ServiceSecrets(Map.of()),
                Optional.of(people.access()),
                new Lockout(
                        new LockoutRules(
                                new Allowance(3, Duration.ofHours(1)),
                                new Allowance(3, Duration.ofHours(1)),
                                Duration.ofHours(1),
                                Duration.ofHours(1),
                                Set.of("127.0.0.1"),
                                100),
                        clock),
                trace::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void heIsLetInByPasswordAndCode() {
        assertThat(logins.authenticateHolder(PERSON.toString(), OWN, code(), HIS_PLACE))
                .isInstanceOf(Logins.Granted.class);
    }

    @Test
    void aWrongPasswordAndAWrongCodeAreToldAlikeAndTracedApart() {
        assertThat(logins.authenticateHolder(PERSON.toString(), OWN, Optional.empty(), HIS_PLACE))
                .isEqualTo(logins.authenticateHolder(PERSON.toString(), "wrong", code(), HIS_PLACE))
                .isEqualTo(new Logins.Refused());
        assertThat(trace).extracting(TraceEntry::event).containsOnly(Event.API_LOGIN_REFUSED);
        assertThat(trace)
                .extracting(TraceEntry::outcome)
                .containsExactly(Optional.of(Outcome.SECOND_FACTOR_FAILED), Optional.of(Outcome.AUTHENTICATION_FAILED));
    }

    @Test
    void whoGuessesCodesHasToWaitHoweverOftenTheMailClientOfTheHolderLogsIn() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        for (int i = 0; i < 4; i++) {
            logins.authenticateHolder(PERSON.toString(), OWN, Optional.of("nothing"), "127.0.0.1");
            assertThat(logins.authenticate(
                            Logins.Door.LDAP,
                            Optional.of(EntryKey.of(Branch.MAILBOXES, PERSON.toString())),
                            "x",
                            app,
                            "127.0.0.1"))
                    .isInstanceOf(Logins.Granted.class);
        }

        assertThat(logins.authenticateHolder(PERSON.toString(), OWN, code(), HIS_PLACE))
                .isEqualTo(new Logins.TooSoon());
    }

    @Test
    void guessesAtTheSameTimeGetNoFurtherThanOneAfterTheOther() throws Exception {
        assertThat(atOnce(() -> logins.authenticateHolder(PERSON.toString(), "wrong", code(), "127.0.0.1")))
                .filteredOn(new Logins.Refused()::equals)
                .hasSize(4);
        assertThat(atOnce(() -> logins.authenticate(
                        Logins.Door.LDAP,
                        Optional.of(EntryKey.of(Branch.MAILBOXES, PERSON.toString())),
                        "x",
                        "wrong",
                        "127.0.0.1")))
                .filteredOn(new Logins.Refused()::equals)
                .hasSize(4);
    }

    private static List<Logins.Answer> atOnce(Supplier<Logins.Answer> attempt) throws Exception {
        int guesses = 30;
        CountDownLatch ready = new CountDownLatch(guesses);
        ExecutorService threads = Executors.newFixedThreadPool(guesses);
        try {
            List<Future<Logins.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < guesses; i++) {
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return attempt.get();
                }));
            }
            List<Logins.Answer> given = new ArrayList<>();
            for (Future<Logins.Answer> answer : answers) {
                given.add(answer.get());
            }
            return given;
        } finally {
            threads.shutdown();
        }
    }

    private Optional<String> code() {
        return Optional.of(people.code(enrolment, 0));
    }
}
