package org.mssante.annuaire.registry;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.util.encoders.Base32;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.Rpps;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** A registry with what persons log in with, at the lowest cost of a hash. */
public final class PersonalFixture {
    public static final ChangeNote NOTE = new ChangeNote("admin", "asked by phone");

    /** Of who may. */
    public static final Warrant WARRANT = Warrant.given(NOTE);

    /** Of the domains of the demonstration. */
    public static final Admission ADMISSION =
            new Admission(Set.of(new MailDomain("demo.mssante.fr"), new MailDomain("demo.medecin.mssante.fr")));

    private final SecureRandom random = new SecureRandom();
    private final PasswordHashing hashing;
    private final List<TraceEntry> trace = new ArrayList<>();
    private final RegistryDatabase database;
    private final Clock clock;
    private final AppPasswordRules rules;
    private final MailboxRegistry registry;
    private final Passwords passwords;
    private final AppPasswords apps;
    private final SecondFactors factors;

    public PersonalFixture(RegistryDatabase database, Path secrets, Clock clock) {
        this(database, secrets, clock, new AppPasswordRules(3, Duration.ofDays(30)));
    }

    PersonalFixture(RegistryDatabase database, Path secrets, Clock clock, AppPasswordRules rules) {
        this(database, secrets, clock, rules, new PasswordHashing.Cost(64, 1, 1));
    }

    PersonalFixture(
            RegistryDatabase database, Path secrets, Clock clock, AppPasswordRules rules, PasswordHashing.Cost cost) {
        this.database = database;
        this.hashing = new PasswordHashing(cost, PasswordHashing.standing(database), 1, random);
        this.clock = clock;
        this.registry = new MailboxRegistry(database, ADMISSION, trace::add, clock);
        this.passwords = new Passwords(database, registry, hashing, new Secrets(secrets, random));
        this.rules = rules;
        this.apps = apps(trace::add);
        this.factors = factors("a key");
    }

    SecondFactors factors(String key) {
        return new SecondFactors(database, new SecretSeal(key, random), "Opérateur", random, trace::add, clock);
    }

    AppPasswords apps(Trace into) {
        return new AppPasswords(database, hashing, rules, random, into, clock);
    }

    public MailboxRegistry registry() {
        return registry;
    }

    public Passwords passwords() {
        return passwords;
    }

    public AppPasswords apps() {
        return apps;
    }

    public SecondFactors factors() {
        return factors;
    }

    /** As shipped: a person's own password opens mail clients while no second factor is on. */
    public PersonalAccess access() {
        return access(true);
    }

    public PersonalAccess access(boolean ownForClients) {
        return new PersonalAccess(passwords, apps, factors, ownForClients);
    }

    List<TraceEntry> trace() {
        return trace;
    }

    /** What the authenticator app of an enrolment shows at the clock's time, so many steps later. */
    public String code(Enrolment enrolment, int later) {
        return code(enrolment.secret(), clock.instant().plusSeconds((long) later * Totp.STEP_SECONDS));
    }

    /** What one shows that was given that secret in Base32. */
    public static String code(String secret, Instant time) {
        return Totp.code(Base32.decode(secret), time.getEpochSecond() / Totp.STEP_SECONDS);
    }

    /** Switches it on by the code of the present step. */
    public Enrolment enrol(MailAddress person) {
        Enrolment enrolment = factors.enrol(person, WARRANT);
        factors.confirm(person, code(enrolment, 0), WARRANT);
        return enrolment;
    }

    public static Registration person(MailAddress address, MailboxState state) {
        return mailbox(address, MailboxType.PER, state);
    }

    static Registration mailbox(MailAddress address, MailboxType type, MailboxState state) {
        return new Registration(
                new Mailbox(
                        address,
                        type,
                        state,
                        "Docteur TEST",
                        Optional.of(new Rpps("10999010019")),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
