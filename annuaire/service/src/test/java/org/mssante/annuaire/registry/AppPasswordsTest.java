package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

final class AppPasswordsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress COLLEAGUE = MailAddress.parse("dr.martin@demo.medecin.mssante.fr");
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet@demo.mssante.fr");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private RegistryDatabase database;
    private PersonalFixture people;
    private AppPasswords apps;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        people.registry().create(PersonalFixture.person(COLLEAGUE, MailboxState.ACTIVE), NOTE);
        people.registry().create(PersonalFixture.mailbox(PRACTICE, MailboxType.CAB, MailboxState.ACTIVE), NOTE);
        apps = people.apps();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneOpensItsMailboxAndNoOther() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);

        assertThat(opens(PERSON, password)).isTrue();
        assertThat(opens(COLLEAGUE, password)).isFalse();
        assertThat(opens(PERSON, apps.create(PERSON, "Ordinateur", WARRANT))).isTrue();
    }

    @Test
    void noOtherSecretBehindItsSelectorOpens() {
        AppPasswordText known =
                AppPasswordText.parse(apps.create(PERSON, "Téléphone", WARRANT)).orElseThrow();
        String other = known.secret().startsWith("a") ? "b" : "a";

        assertThat(apps.check(
                        PERSON,
                        new AppPasswordText(
                                known.selector(), other + known.secret().substring(1))))
                .isEmpty();
    }

    @Test
    void noneOpensASuspendedMailbox() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        people.registry().change(PERSON, any -> PersonalFixture.person(PERSON, MailboxState.SUSPENDED), NOTE);

        assertThat(opens(PERSON, password)).isFalse();
    }

    @Test
    void theRegistryHoldsNothingASecretCanBeReadFrom() {
        AppPasswordText password =
                AppPasswordText.parse(apps.create(PERSON, "Téléphone", WARRANT)).orElseThrow();

        assertThat(hash()).startsWith("$argon2id$").doesNotContain(password.secret());
        assertThat(people.trace())
                .isNotEmpty()
                .noneMatch(line -> line.fields().toString().contains(password.secret()));
    }

    @Test
    void saysOnWhichDayOneWasUsedLast() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        Instant end = NOON.plus(Duration.ofDays(30));
        assertThat(apps.list(PERSON))
                .containsExactly(new AppPassword("Téléphone", NOON, Optional.empty(), Optional.of(end)));

        opens(PERSON, password);
        clock.pass(Duration.ofDays(1));
        opens(PERSON, password);

        assertThat(apps.list(PERSON))
                .containsExactly(new AppPassword(
                        "Téléphone", NOON, Optional.of(LocalDate.parse("2026-11-21")), Optional.of(end)));
    }

    @Test
    void oneThatWasRemovedOpensNothingAndEndsSessions() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        long before = version();
        apps.remove(PERSON, "Téléphone", WARRANT);

        assertThat(opens(PERSON, password)).isFalse();
        assertThat(apps.list(PERSON)).isEmpty();
        assertThat(version()).isGreaterThan(before);
        assertThatThrownBy(() -> apps.remove(PERSON, "Téléphone", WARRANT))
                .isInstanceOf(InvalidRegistrationException.class);
    }

    @Test
    void aNewOneEndsNoSession() {
        long before = version();
        apps.create(PERSON, "Téléphone", WARRANT);

        assertThat(version()).isEqualTo(before);
    }

    @Test
    void oneWhoseTimeIsOverOpensNothingAndIsRemovedOnce() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        clock.pass(Duration.ofDays(30).minusMillis(1));
        assertThat(opens(PERSON, password)).isTrue();
        assertThat(apps.removeEnded(NOTE)).isZero();

        clock.pass(Duration.ofMillis(1));
        assertThat(opens(PERSON, password)).isFalse();
        long before = version();
        assertThat(apps.removeEnded(NOTE)).isOne();
        assertThat(apps.removeEnded(NOTE)).isZero();
        assertThat(version()).isGreaterThan(before);
    }

    /** A line of the trace says what has happened, and what has happened is in the trace. */
    @Test
    void thoseWhoseTimeIsOverAreRemovedAndTracedOneByOne() {
        apps.create(COLLEAGUE, "Ordinateur", WARRANT);
        apps.create(PERSON, "Téléphone", WARRANT);
        clock.pass(Duration.ofDays(30));
        List<TraceEntry> traced = new ArrayList<>();
        Trace breaks = entry -> {
            if (!traced.isEmpty()) {
                throw new IllegalStateException("the disk is full");
            }
            traced.add(entry);
        };

        assertThatThrownBy(() -> people.apps(breaks).removeEnded(NOTE)).hasMessageContaining("the disk is full");

        String who = traced.get(0).fields().get(Field.ON_BEHALF_OF);
        for (MailAddress address : List.of(PERSON, COLLEAGUE)) {
            assertThat(apps.list(address)).hasSize(who.equals(address.toString()) ? 0 : 1);
        }
    }

    @Test
    void oneLastsUntilItIsRemovedWhereNoTimeIsSet() {
        PersonalFixture lasting = new PersonalFixture(database, folder, clock, new AppPasswordRules(3, Duration.ZERO));
        lasting.apps().create(PERSON, "Téléphone", WARRANT);
        clock.pass(Duration.ofDays(10_000));

        assertThat(lasting.apps().removeEnded(NOTE)).isZero();
        assertThat(lasting.apps().list(PERSON))
                .singleElement()
                .satisfies(app -> assertThat(app.ends()).isEmpty());
    }

    @Test
    void aMailboxHasSoManyAndNotOneMore() {
        for (String name : List.of("a", "b", "c")) {
            apps.create(PERSON, name, WARRANT);
        }
        assertThatThrownBy(() -> apps.create(PERSON, "d", WARRANT)).hasMessageContaining("as many as it may");

        apps.remove(PERSON, "b", WARRANT);
        apps.create(PERSON, "d", WARRANT);
        apps.create(COLLEAGUE, "a", WARRANT);
    }

    @Test
    void twoOfAMailboxHaveNotTheSameName() {
        apps.create(PERSON, "Téléphone", WARRANT);

        assertThatThrownBy(() -> apps.create(PERSON, "Téléphone", WARRANT)).hasMessageContaining("of that name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a\nb", "a\u2028b", "a\u0000"})
    void aNameIsOneLineOfVisibleText(String name) {
        assertThatThrownBy(() -> apps.create(PERSON, name, WARRANT)).isInstanceOf(InvalidRegistrationException.class);
    }

    @Test
    void aNameHas64CharactersAtMost() {
        apps.create(PERSON, "a".repeat(64), WARRANT);
        assertThatThrownBy(() -> apps.create(PERSON, "a".repeat(65), WARRANT))
                .isInstanceOf(InvalidRegistrationException.class);
    }

    @Test
    void onlyPersonsHaveAny() {
        assertThatThrownBy(() -> apps.create(PRACTICE, "a", WARRANT))
                .hasMessageContaining("only a mailbox of type PER");
        assertThatThrownBy(() -> apps.create(MailAddress.parse("nobody@demo.mssante.fr"), "a", WARRANT))
                .hasMessageContaining("no such mailbox");
    }

    @Test
    void aNewPasswordOfThePersonEndsThemAllAndTheHistorySaysSo() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        long before = version();
        people.passwords().set(PERSON, "new", WARRANT);

        assertThat(opens(PERSON, password)).isFalse();
        assertThat(version()).isGreaterThan(before);
        assertThat(people.registry().history(PERSON))
                .extracting(Change::what)
                .endsWith("app password made: Téléphone", "password set; app passwords removed: Téléphone");
    }

    @Test
    void aPurgedMailboxHasNoneLeft() {
        String password = apps.create(PERSON, "Téléphone", WARRANT);
        people.enrol(PERSON);
        for (MailboxState state : List.of(MailboxState.CLOSED, MailboxState.PURGED)) {
            people.registry().change(PERSON, any -> PersonalFixture.person(PERSON, state), NOTE);
        }

        assertThat(apps.list(PERSON)).isEmpty();
        assertThat(people.factors().find(PERSON)).isEmpty();
        assertThat(opens(PERSON, password)).isFalse();
        assertThatThrownBy(() -> apps.create(PERSON, "a", WARRANT)).hasMessageContaining("purged");
    }

    private boolean opens(MailAddress address, String password) {
        return apps.check(address, AppPasswordText.parse(password).orElseThrow())
                .isPresent();
    }

    private long version() {
        return people.registry().find(PERSON).orElseThrow().mailbox().credentialsVersion();
    }

    private String hash() {
        return database.read("the hash", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select hash from app_password")) {
                row.next();
                return row.getString(1);
            }
        });
    }
}
