package org.mssante.annuaire;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.mssante.annuaire.office.CredentialOffice;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.registry.AppPasswords;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.PasswordHashing;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.annuaire.registry.PersonalAccess;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.SecondFactors;
import org.mssante.annuaire.registry.SecretSeal;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.sync.RegisterSchedule;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.core.trace.Trace;

/** Assembles what persons log in with. */
final class PersonalAccounts {
    private static final ChangeNote OVER = new ChangeNote("annuaire", "password.app.life");

    private final Passwords passwords;
    private final AppPasswords apps;
    private final SecondFactors factors;
    private final Optional<PersonalAccess> access;

    /** What they stand on. */
    record Ground(
            RegistryDatabase database,
            MailboxRegistry registry,
            Secrets secrets,
            SecureRandom random,
            Trace trace,
            Clock clock) {}

    PersonalAccounts(AnnuaireConfiguration.PersonalPart configuration, Ground ground) {
        PasswordHashing hashing = new PasswordHashing(
                configuration.passwordCost(),
                PasswordHashing.standing(ground.database()),
                configuration.passwordChecks(),
                ground.random());
        SecretSeal seal = new SecretSeal(ground.secrets().readOrCreate("second-factor.key"), ground.random());
        this.passwords = new Passwords(ground.database(), ground.registry(), hashing, ground.secrets());
        this.apps = new AppPasswords(
                ground.database(),
                hashing,
                configuration.appPasswords(),
                ground.random(),
                ground.trace(),
                ground.clock());
        this.factors = new SecondFactors(
                ground.database(), seal, configuration.issuer(), ground.random(), ground.trace(), ground.clock());
        this.access = configuration.passwords()
                ? Optional.of(new PersonalAccess(passwords, apps, factors, configuration.ownForClients()))
                : Optional.empty();
    }

    Passwords passwords() {
        return passwords;
    }

    /** Empty where no person logs in by password. */
    Optional<PersonalAccess> access() {
        return access;
    }

    /** @param mailboxes knows who may do what */
    CredentialOffice office(MailboxOffice mailboxes) {
        return new CredentialOffice(mailboxes, apps, factors);
    }

    /** Done now and then: sessions opened by an app password whose time is over end. */
    RegisterSchedule.Step endOld(TakeOvers takeOvers) {
        return () -> {
            if (apps.removeEnded(OVER) > 0) {
                takeOvers.want();
            }
        };
    }
}
