package org.mssante.annuaire.registry;

import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;

/**
 * What opens a personal mailbox: to a mail client an app password, and a person's own password where no second factor is on and the
 * operator's policy lets it; to the person who manages his mailbox his own password and, where his second factor is on, its code. Each
 * question costs one hash, whatever the answer. Thread-safe.
 */
public final class PersonalAccess {
    private static final String WRONG = "wrong password";

    private final Passwords passwords;
    private final AppPasswords apps;
    private final SecondFactors factors;
    private final boolean ownForClients;

    /** @param ownForClients whether a person's own password opens mail clients at all */
    public PersonalAccess(Passwords passwords, AppPasswords apps, SecondFactors factors, boolean ownForClients) {
        this.passwords = passwords;
        this.apps = apps;
        this.factors = factors;
        this.ownForClients = ownForClients;
    }

    /** An answer. */
    public sealed interface Verdict {}

    /**
     * @param credentialsVersion what all passwords of the mailbox stood at before this one was looked at
     * @param byCode whether the code of his second factor was right, too
     * @param appPassword the name of the app password it was
     */
    public record Granted(long credentialsVersion, boolean byCode, Optional<String> appPassword) implements Verdict {}

    /** @param detail for the trace: he who asks is told one and the same, whatever it is */
    public record Refused(Outcome outcome, String detail) implements Verdict {}

    /** To a mail client, an address book, a program: whatever cannot ask for a code. */
    public Verdict ofClient(MailAddress address, String password) {
        // before all else: what is withdrawn while the hash is computed counts as withdrawn
        Optional<Mailbox> mailbox = passwords.mailbox(address);
        boolean factor = factors.isOn(address);
        Optional<AppPasswordText> app = AppPasswordText.parse(password);
        if (app.isPresent()) {
            Optional<String> name = apps.check(address, app.get());
            return name.isPresent() ? granted(mailbox, false, name) : refused(mailbox, "no app password of it");
        }
        if (!passwords.check(opened(mailbox), password)) {
            return refused(mailbox, WRONG);
        }
        return factor || !ownForClients
                ? new Refused(
                        Outcome.APP_PASSWORD_NEEDED,
                        "the password is right, and " + (factor ? "the second factor is on" : "password.clients = app"))
                : granted(mailbox, false, Optional.empty());
    }

    /**
     * To the person himself.
     *
     * @param code of his second factor; one that he has not does not matter
     */
    public Verdict ofHolder(MailAddress address, String password, Optional<String> code) {
        Optional<Mailbox> mailbox = passwords.mailbox(address);
        boolean factor = factors.isOn(address);
        Optional<Long> step = code.flatMap(given -> factors.step(address, given));
        if (!passwords.check(opened(mailbox), password)) {
            return refused(mailbox, WRONG);
        }
        if (!factor) {
            return granted(mailbox, false, Optional.empty());
        }
        // a code is used by him alone who knows the password
        return step.filter(found -> factors.use(address, found)).isPresent()
                ? granted(mailbox, true, Optional.empty())
                : new Refused(
                        Outcome.SECOND_FACTOR_FAILED,
                        "the password is right, the code is " + (code.isEmpty() ? "missing" : "wrong or was used"));
    }

    /** Whether one who was let in may still look: passwords are withdrawn, mailboxes suspended and closed. */
    public boolean holds(MailAddress address, long credentialsVersion) {
        return passwords
                .mailbox(address)
                .filter(PersonalAccess::isOpen)
                .filter(mailbox -> mailbox.credentialsVersion() == credentialsVersion)
                .isPresent();
    }

    private static Optional<MailAddress> opened(Optional<Mailbox> mailbox) {
        return mailbox.filter(PersonalAccess::isOpen).map(Mailbox::address);
    }

    /** Nothing but an active mailbox of a person is opened by a password. */
    private static boolean isOpen(Mailbox mailbox) {
        return mailbox.isActive() && mailbox.type() == MailboxType.PER;
    }

    private static Verdict granted(Optional<Mailbox> mailbox, boolean byCode, Optional<String> appPassword) {
        return mailbox.filter(PersonalAccess::isOpen)
                .<Verdict>map(open -> new Granted(open.credentialsVersion(), byCode, appPassword))
                .orElseGet(() -> refused(mailbox, WRONG));
    }

    /** Asked once the hash is computed: the cause is the trace's alone, and takes no time that would tell it. */
    private static Refused refused(Optional<Mailbox> mailbox, String wrong) {
        return new Refused(
                Outcome.AUTHENTICATION_FAILED,
                mailbox.map(known -> cause(known, wrong)).orElse("there is no such mailbox"));
    }

    private static String cause(Mailbox mailbox, String wrong) {
        if (mailbox.type() != MailboxType.PER) {
            return "a mailbox of type " + mailbox.type() + " has no password";
        }
        return mailbox.isActive() ? wrong : "the mailbox is " + mailbox.state();
    }
}
