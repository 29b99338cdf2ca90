package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;
import static org.mssante.annuaire.registry.PersonalFixture.WARRANT;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.time.SettableClock;

final class PersonalAccessTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress NOBODY = MailAddress.parse("nobody@demo.mssante.fr");
    private static final String OWN = "right";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private RegistryDatabase database;
    private PersonalFixture people;
    private PersonalAccess access;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        people.passwords().set(PERSON, OWN, WARRANT);
        access = people.access();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutSecondFactorAPersonsOwnPasswordOpensHisMailClient() {
        assertThat(access.ofClient(PERSON, OWN)).isInstanceOf(PersonalAccess.Granted.class);
        assertThat(access.ofHolder(PERSON, OWN, Optional.empty())).isInstanceOf(PersonalAccess.Granted.class);
        assertThat(access.ofHolder(PERSON, OWN, Optional.of("123456"))).isInstanceOf(PersonalAccess.Granted.class);
        assertThat(refusal(access.ofClient(PERSON, "wrong"))).isEqualTo(Outcome.AUTHENTICATION_FAILED);
        assertThat(refusal(access.ofClient(NOBODY, OWN))).isEqualTo(Outcome.AUTHENTICATION_FAILED);
    }

    @Test
    void aHashThatIsCheaperThanThoseOfTodayIsRenewedOnceThePasswordIsGiven() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        PersonalAccess dearer = new PersonalFixture(
                        database,
                        folder,
                        clock,
                        new AppPasswordRules(3, Duration.ZERO),
                        new PasswordHashing.Cost(128, 2, 1))
                .access();
        dearer.ofClient(PERSON, "wrong");
        assertThat(hashes()).allMatch(hash -> hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"));

        PersonalAccess.Granted granted = (PersonalAccess.Granted) dearer.ofClient(PERSON, OWN);
        PersonalAccess.Granted byApp =
                new PersonalAccess.Granted(granted.credentialsVersion(), false, Optional.of("Téléphone"));
        assertThat(dearer.ofClient(PERSON, app)).isEqualTo(byApp);

        assertThat(hashes()).hasSize(2).allMatch(hash -> hash.startsWith("$argon2id$v=19$m=128,t=2,p=1$"));
        assertThat(dearer.ofClient(PERSON, OWN))
                .as("the same password, and sessions go on")
                .isEqualTo(granted);
        assertThat(dearer.ofClient(PERSON, app)).isEqualTo(byApp);
        assertThat(access.ofClient(PERSON, OWN)).isEqualTo(granted);
        assertThat(hashes()).as("never made cheaper").allMatch(hash -> hash.contains("m=128,t=2,p=1"));
    }

    @Test
    void theCostsOfAllHashesThatStandAreFound() {
        assertThat(PasswordHashing.standing(database)).containsExactly(new PasswordHashing.Cost(64, 1, 1));
        people.registry().create(PersonalFixture.person(NOBODY, MailboxState.ACTIVE), PersonalFixture.NOTE);
        new PersonalFixture(
                        database,
                        folder,
                        clock,
                        new AppPasswordRules(3, Duration.ZERO),
                        new PasswordHashing.Cost(128, 2, 1))
                .apps()
                .create(NOBODY, "Téléphone", WARRANT);

        assertThat(PasswordHashing.standing(database))
                .containsExactlyInAnyOrder(new PasswordHashing.Cost(64, 1, 1), new PasswordHashing.Cost(128, 2, 1));
    }

    @Test
    void aWrongPasswordOfAnOldHashCostsAtLeastWhatThatOfANameNobodyHasCosts() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        String wrongApp = app.substring(0, app.length() - 1) + (app.endsWith("a") ? "b" : "a");
        PersonalAccess dearer = new PersonalFixture(
                        database,
                        folder,
                        clock,
                        new AppPasswordRules(3, Duration.ZERO),
                        new PasswordHashing.Cost(32_768, 3, 1))
                .access();
        for (String password : List.of("wrong", wrongApp)) {
            long unknown = shortest(() -> dearer.ofClient(NOBODY, password));
            assertThat(shortest(() -> dearer.ofClient(PERSON, password))).isGreaterThan(unknown / 3);
        }
    }

    private static long shortest(Runnable login) {
        return LongStream.range(0, 5)
                .map(round -> {
                    long start = System.nanoTime();
                    login.run();
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }

    private List<String> hashes() {
        return database.read("the hashes", connection -> {
            try (ResultSet rows = connection
                    .createStatement()
                    .executeQuery("select hash from credential union all select hash from app_password")) {
                List<String> hashes = new ArrayList<>();
                while (rows.next()) {
                    hashes.add(rows.getString(1));
                }
                return hashes;
            }
        });
    }

    @Test
    void withSecondFactorHisOwnPasswordOpensNoMailClientAndAnAppPasswordDoes() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        people.enrol(PERSON);

        assertThat(refusal(access.ofClient(PERSON, OWN))).isEqualTo(Outcome.APP_PASSWORD_NEEDED);
        assertThat(refusal(access.ofClient(PERSON, "wrong"))).isEqualTo(Outcome.AUTHENTICATION_FAILED);
        assertThat(access.ofClient(PERSON, app)).isInstanceOf(PersonalAccess.Granted.class);
    }

    @Test
    void aSecondFactorThatWasOnlyBegunChangesNothing() {
        people.factors().enrol(PERSON, WARRANT);

        assertThat(access.ofClient(PERSON, OWN)).isInstanceOf(PersonalAccess.Granted.class);
        assertThat(access.ofHolder(PERSON, OWN, Optional.empty())).isInstanceOf(PersonalAccess.Granted.class);
    }

    @Test
    void whereThePolicySaysSoOnlyAppPasswordsOpenMailClients() {
        PersonalAccess strict = people.access(false);
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);

        assertThat(refusal(strict.ofClient(PERSON, OWN))).isEqualTo(Outcome.APP_PASSWORD_NEEDED);
        assertThat(strict.ofClient(PERSON, app)).isInstanceOf(PersonalAccess.Granted.class);
        assertThat(strict.ofHolder(PERSON, OWN, Optional.empty())).isInstanceOf(PersonalAccess.Granted.class);
    }

    @Test
    void theHolderIsAskedForHisPasswordAndAFreshCode() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        Enrolment enrolment = people.enrol(PERSON);
        clock.pass(Duration.ofMinutes(1));
        Optional<String> code = Optional.of(people.code(enrolment, 0));

        assertThat(refusal(access.ofHolder(PERSON, OWN, Optional.empty()))).isEqualTo(Outcome.SECOND_FACTOR_FAILED);
        assertThat(refusal(access.ofHolder(PERSON, "wrong", code))).isEqualTo(Outcome.AUTHENTICATION_FAILED);
        assertThat(refusal(access.ofHolder(PERSON, app, code))).isEqualTo(Outcome.AUTHENTICATION_FAILED);
        assertThat(access.ofHolder(PERSON, OWN, code))
                .as("none of the failures has used the code")
                .isInstanceOf(PersonalAccess.Granted.class);
        assertThat(refusal(access.ofHolder(PERSON, OWN, code))).as("a replay").isEqualTo(Outcome.SECOND_FACTOR_FAILED);
    }

    @Test
    void noPasswordIsTakenThatWouldBeReadAsAnAppPassword() {
        assertThatThrownBy(() -> people.passwords().set(PERSON, "abcd-abcd-abcd-abcd-abcd-abcd", WARRANT))
                .hasMessageContaining("must not look like an app password");
    }

    @Test
    void whatWasGrantedHoldsUntilAPasswordIsWithdrawnOrTheMailboxSuspended() {
        people.apps().create(PERSON, "Téléphone", WARRANT);
        PersonalAccess.Granted granted = (PersonalAccess.Granted) access.ofClient(PERSON, OWN);
        assertThat(access.holds(PERSON, granted.credentialsVersion())).isTrue();

        people.apps().remove(PERSON, "Téléphone", WARRANT);
        assertThat(access.holds(PERSON, granted.credentialsVersion())).isFalse();

        PersonalAccess.Granted again = (PersonalAccess.Granted) access.ofClient(PERSON, OWN);
        assertThat(access.holds(PERSON, again.credentialsVersion())).isTrue();
        people.registry().change(PERSON, any -> PersonalFixture.person(PERSON, MailboxState.SUSPENDED), NOTE);
        assertThat(access.holds(PERSON, again.credentialsVersion())).isFalse();
    }

    @Test
    void whyNobodyIsLetInIsToldApartInTheDetailAloneOneForEachCause() {
        MailAddress suspended = MailAddress.parse("dr.suspendu@demo.mssante.fr");
        MailAddress practice = MailAddress.parse("cabinet@demo.mssante.fr");
        people.registry().create(PersonalFixture.person(suspended, MailboxState.ACTIVE), NOTE);
        people.passwords().set(suspended, OWN, WARRANT);
        people.registry().change(suspended, any -> PersonalFixture.person(suspended, MailboxState.SUSPENDED), NOTE);
        people.registry().create(PersonalFixture.mailbox(practice, MailboxType.CAB, MailboxState.ACTIVE), NOTE);
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        String removed = people.apps().create(PERSON, "Tablette", WARRANT);
        people.apps().remove(PERSON, "Tablette", WARRANT);

        assertThat(access.ofClient(PERSON, "wrong")).isEqualTo(failed("wrong password"));
        assertThat(access.ofClient(PERSON, removed)).isEqualTo(failed("no app password of it"));
        assertThat(access.ofClient(NOBODY, "wrong")).isEqualTo(failed("there is no such mailbox"));
        assertThat(access.ofClient(NOBODY, app)).isEqualTo(failed("there is no such mailbox"));
        assertThat(access.ofClient(suspended, OWN)).isEqualTo(failed("the mailbox is SUSPENDED"));
        assertThat(access.ofClient(practice, OWN)).isEqualTo(failed("a mailbox of type CAB has no password"));
        assertThat(access.ofHolder(PERSON, "wrong", Optional.empty())).isEqualTo(failed("wrong password"));
        assertThat(access.ofHolder(NOBODY, OWN, Optional.empty())).isEqualTo(failed("there is no such mailbox"));
        assertThat(access.ofHolder(suspended, OWN, Optional.empty())).isEqualTo(failed("the mailbox is SUSPENDED"));
    }

    private static PersonalAccess.Refused failed(String why) {
        return new PersonalAccess.Refused(Outcome.AUTHENTICATION_FAILED, why);
    }

    private static Outcome refusal(PersonalAccess.Verdict verdict) {
        return ((PersonalAccess.Refused) verdict).outcome();
    }
}
