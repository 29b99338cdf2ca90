package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Lockout;
import org.mssante.annuaire.login.LockoutRules;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.login.ServiceSecrets;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PasswordHashing;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

final class BindsTest {
    private static final ChangeNote NOTE = new ChangeNote("admin", "asked by phone");
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress NOBODY = MailAddress.parse("nobody@demo.mssante.fr");
    private static final String OUR_SERVER = "192.0.2.1";
    private static final String STRANGER = "192.0.2.2";

    @TempDir
    Path folder;

    private RegistryDatabase database;
    private MailboxRegistry registry;
    private Binds binds;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        registry = new MailboxRegistry(database, line -> {}, Clock.systemUTC());
        SecureRandom random = new SecureRandom();
        Passwords passwords = new Passwords(
                registry,
                new PasswordHashing(new PasswordHashing.Cost(1_024, 1, 1), 1, random),
                new Secrets(folder, random));
        registry.create(person(MailboxState.ACTIVE), NOTE);
        passwords.set(PERSON, "right", NOTE);
        binds = new Binds(new Logins(
                new ServiceSecrets(Map.of("server", "secret")),
                passwords,
                new Lockout(
                        new LockoutRules(1, Duration.ofHours(1), Duration.ofHours(1), Set.of(), 100),
                        Clock.systemUTC()),
                line -> {}));
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

        registry.change(PERSON, present -> person(MailboxState.SUSPENDED), NOTE);

        assertThat(binds.holds(identity)).isFalse();
        assertThat(binds.holds(new Identity.Service("server"))).isTrue();
    }

    private void fail(String dn, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(binds.authenticate(dn, "wrong", STRANGER)).isNotInstanceOf(Logins.Granted.class);
        }
    }

    private static Registration person(MailboxState state) {
        return new Registration(
                new Mailbox(
                        PERSON,
                        MailboxType.PER,
                        state,
                        "Docteur TEST",
                        Optional.of(new Rpps("10999010019")),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        false),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
