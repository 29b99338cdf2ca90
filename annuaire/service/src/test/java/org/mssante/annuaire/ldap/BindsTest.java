package org.mssante.annuaire.ldap;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.login.ServiceSecrets;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.core.id.MailAddress;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.time.SettableClock;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

final class BindsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress NOBODY = MailAddress.parse("nobody@demo.mssante.fr");
    private static final String OUR_SERVER = "192.0.2.1";
    private static final String STRANGER = "192.0.2.2";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final List<TraceEntry> trace = new ArrayList<>();
    private RegistryDatabase database;
    private PersonalFixture people;
    private Binds binds;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, clock);
        people.registry().create(person(MailboxState.ACTIVE), NOTE);
        people.passwords().set(PERSON, "right", WARRANT);
        binds = new Binds(new Logins(
                new ServiceSecrets(Map.of("server", "secret")),
                Optional.of(people.access()),
                new Lockout(
                        new LockoutRules(
                                new Allowance(1, Duration.ofHours(1)),
                                new Allowance(1, Duration.ofHours(1)),
                                Duration.ofHours(1),
                                Duration.ofHours(1),
                                Set.of(),
                                100),
                        clock),
                trace::add));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nobodyKeepsAServiceOutByFailingInItsName() {
        fail(LdapNames.serviceDn("server"), 3);

        assertThat(binds.authenticate(LdapNames.serviceDn("server"), "secret", OUR_SERVER))
                .isEqualTo(new Logins.Granted(new Identity.Service("server")));
        assertThat(binds.authenticate(LdapNames.serviceDn("server"), "secret", STRANGER))
                .as("the address that failed")
                .isEqualTo(new Logins.TooSoon());
    }

    @Test
    void aPersonsAccountIsSlowedDownWhereverTheFailuresComeFrom() {
        fail(LdapNames.mailboxDn(PERSON), 3);

        assertThat(binds.authenticate(LdapNames.mailboxDn(PERSON), "right", OUR_SERVER))
                .isEqualTo(new Logins.TooSoon());
    }

    @Test
    void plainIsNoSecondWayIn() {
        for (int i = 0; i < 2; i++) {
            assertThat(binds.authenticate(plain("wrong"), STRANGER)).contains(new Logins.Refused());
        }

        assertThat(binds.authenticate(LdapNames.mailboxDn(PERSON), "right", OUR_SERVER))
                .as("failures by PLAIN count for simple binds")
                .isEqualTo(new Logins.TooSoon());
        assertThat(binds.authenticate(plain("right"), OUR_SERVER)).contains(new Logins.TooSoon());
        assertThat(trace).hasSize(4).allMatch(entry -> entry.event() == Event.DIRECTORY_BIND_REFUSED);
    }

    @Test
    void whoWantsToBeAnotherIsRefusedBeforeHisPasswordIsLookedAt() {
        PlainCredentials other = new PlainCredentials("u:" + NOBODY, "u:" + PERSON, "wrong");
        for (int i = 0; i < 3; i++) {
            assertThat(binds.authenticate(other, STRANGER)).isEmpty();
        }

        assertThat(binds.authenticate(plain("right"), STRANGER).orElseThrow()).isInstanceOf(Logins.Granted.class);
    }

    @Test
    void whoHasToWaitIsToldNothingOfWhetherThereIsSuchAMailbox() {
        fail(LdapNames.mailboxDn(NOBODY), 3);

        assertThat(binds.authenticate(LdapNames.mailboxDn(NOBODY), "right", OUR_SERVER))
                .isEqualTo(new Logins.TooSoon());
    }

    @Test
    void whoIsSuspendedHoldsHisLogInNoLonger() {
        Identity identity =
                ((Logins.Granted) binds.authenticate(LdapNames.mailboxDn(PERSON), "right", OUR_SERVER)).identity();
        assertThat(binds.holds(identity)).isTrue();

        people.registry().change(PERSON, present -> person(MailboxState.SUSPENDED), NOTE);

        assertThat(binds.holds(identity)).isFalse();
        assertThat(binds.holds(new Identity.Service("server"))).isTrue();
    }

    @Test
    void withASecondFactorTheOwnPasswordIsRefusedLikeAWrongOneAndTheTraceTellsThemApart() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        people.enrol(PERSON);

        assertThat(binds.authenticate(LdapNames.mailboxDn(PERSON), "right", OUR_SERVER))
                .isEqualTo(binds.authenticate(LdapNames.mailboxDn(NOBODY), "wrong", OUR_SERVER))
                .isEqualTo(new Logins.Refused());
        assertThat(trace)
                .extracting(TraceEntry::outcome)
                .containsExactly(Optional.of(Outcome.APP_PASSWORD_NEEDED), Optional.of(Outcome.AUTHENTICATION_FAILED));
        assertThat(binds.authenticate(LdapNames.mailboxDn(PERSON), app, STRANGER))
                .isInstanceOf(Logins.Granted.class);
    }

    @Test
    void theRightPasswordOfOneWithASecondFactorCountsAsAFailureHere() {
        people.enrol(PERSON);
        for (int i = 0; i < 2; i++) {
            binds.authenticate(LdapNames.mailboxDn(PERSON), "right", STRANGER);
        }

        assertThat(binds.authenticate(LdapNames.mailboxDn(PERSON), "right", OUR_SERVER))
                .isEqualTo(new Logins.TooSoon());
    }

    @Test
    void whosePasswordWasWithdrawnHoldsHisLogInNoLonger() {
        String app = people.apps().create(PERSON, "Téléphone", WARRANT);
        Identity identity =
                ((Logins.Granted) binds.authenticate(LdapNames.mailboxDn(PERSON), app, OUR_SERVER)).identity();
        assertThat(binds.holds(identity)).isTrue();

        people.apps().remove(PERSON, "Téléphone", WARRANT);

        assertThat(binds.holds(identity)).isFalse();
    }

    private static PlainCredentials plain(String password) {
        return new PlainCredentials("", "u:" + PERSON, password);
    }

    private void fail(String dn, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(binds.authenticate(dn, "wrong", STRANGER)).isNotInstanceOf(Logins.Granted.class);
        }
    }

    private static Registration person(MailboxState state) {
        return PersonalFixture.person(PERSON, state);
    }
}
