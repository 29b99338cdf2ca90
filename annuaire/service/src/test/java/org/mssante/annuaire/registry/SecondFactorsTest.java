package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.time.SettableClock;

final class SecondFactorsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet@demo.mssante.fr");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private RegistryDatabase database;
    private PersonalFixture people;
    private SecondFactors factors;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        people.registry().create(PersonalFixture.mailbox(PRACTICE, MailboxType.CAB, MailboxState.ACTIVE), NOTE);
        factors = people.factors();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anAuthenticatorAppIsGivenItsSecretInTheFormTheyRead() {
        Enrolment enrolment = factors.enrol(PERSON, WARRANT);

        assertThat(enrolment.secret()).matches("[A-Z2-7]{32}");
        assertThat(enrolment.uri())
                .hasToString("otpauth://totp/Op%C3%A9rateur:dr.test%40demo.medecin.mssante.fr?secret="
                        + enrolment.secret() + "&issuer=Op%C3%A9rateur&algorithm=SHA1&digits=6&period=30");
        assertThat(enrolment.toString()).doesNotContain(enrolment.secret());
    }

    @Test
    void countsOnceAFirstCodeHasConfirmedItAndEndsSessions() {
        Enrolment enrolment = factors.enrol(PERSON, WARRANT);
        assertThat(factors.isOn(PERSON)).isFalse();
        assertThat(factors.confirm(PERSON, "000000".equals(people.code(enrolment, 0)) ? "000001" : "000000", WARRANT))
                .isFalse();
        assertThat(factors.isOn(PERSON)).isFalse();
        long before = version();

        assertThat(factors.confirm(PERSON, people.code(enrolment, 0), WARRANT)).isTrue();

        assertThat(factors.find(PERSON)).contains(new SecondFactor(NOON, Optional.of(NOON)));
        assertThat(version()).isGreaterThan(before);
        assertThat(people.registry().history(PERSON))
                .extracting(Change::what)
                .endsWith("second factor begun", "second factor on");
    }

    @Test
    void aSecretThatWasNeverConfirmedMakesPlaceForAnother() {
        Enrolment forgotten = factors.enrol(PERSON, WARRANT);
        Enrolment kept = factors.enrol(PERSON, WARRANT);

        assertThat(factors.confirm(PERSON, people.code(forgotten, 0), WARRANT)).isFalse();
        assertThat(factors.confirm(PERSON, people.code(kept, 0), WARRANT)).isTrue();
    }

    @Test
    void oneThatIsOnIsNotReplacedBeforeItIsTakenOff() {
        people.enrol(PERSON);

        assertThatThrownBy(() -> factors.enrol(PERSON, WARRANT)).hasMessageContaining("take it off first");
        assertThatThrownBy(() -> factors.confirm(PERSON, "000000", WARRANT))
                .hasMessageContaining("waits for its first");

        factors.takeOff(PERSON, WARRANT);
        assertThat(factors.isOn(PERSON)).isFalse();
        people.enrol(PERSON);
        assertThat(factors.isOn(PERSON)).isTrue();
    }

    @Test
    void aCodeIsUsedOnceAndNoneBeforeItAfterThat() {
        Enrolment enrolment = people.enrol(PERSON);
        assertThat(factors.step(PERSON, people.code(enrolment, 0)))
                .as("what confirmed it")
                .isEmpty();

        clock.pass(Duration.ofMinutes(1));
        long later = factors.step(PERSON, people.code(enrolment, 1)).orElseThrow();
        assertThat(factors.use(PERSON, later)).isTrue();

        assertThat(factors.use(PERSON, later)).as("by another thread").isFalse();
        assertThat(factors.step(PERSON, people.code(enrolment, 1))).isEmpty();
        assertThat(factors.step(PERSON, people.code(enrolment, 0))).isEmpty();
    }

    @Test
    void aCodeThatWasUsedStaysUsedWhenTheServiceStartsAgain() {
        Enrolment enrolment = people.enrol(PERSON);
        clock.pass(Duration.ofMinutes(1));
        String code = people.code(enrolment, 0);
        factors.use(PERSON, factors.step(PERSON, code).orElseThrow());
        database.close();
        database = RegistryDatabase.open(folder, 2);

        SecondFactors restarted = new PersonalFixture(database, folder, clock).factors();

        assertThat(restarted.isOn(PERSON)).isTrue();
        assertThat(restarted.step(PERSON, code)).isEmpty();
        assertThat(restarted.step(PERSON, people.code(enrolment, 1))).isPresent();
    }

    @Test
    void oneSealedByAnotherKeyIsOnAndTakesNoCode() {
        Enrolment enrolment = people.enrol(PERSON);
        clock.pass(Duration.ofMinutes(1));
        SecondFactors keyless = people.factors("another key");

        assertThat(keyless.isOn(PERSON)).isTrue();
        assertThatThrownBy(() -> keyless.step(PERSON, people.code(enrolment, 0)))
                .isInstanceOf(RegistryException.class);
        keyless.takeOff(PERSON, WARRANT);
        assertThat(keyless.isOn(PERSON)).isFalse();
    }

    @Test
    void onlyPersonsHaveOne() {
        assertThatThrownBy(() -> factors.enrol(PRACTICE, WARRANT)).hasMessageContaining("only a mailbox of type PER");
        assertThatThrownBy(() -> factors.takeOff(PERSON, WARRANT)).hasMessageContaining("has no second factor");
    }

    private long version() {
        return people.registry().find(PERSON).orElseThrow().mailbox().credentialsVersion();
    }
}
