package org.mssante.annuaire.registry;

import java.nio.file.Path;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;

/**
 * Takes the mailboxes of the operator's file into the registry. Those the registry knows are left as they are: from
 * their first day on the registry is the source of truth, not the file.
 */
public final class FirstMailboxes {
    private static final String AUTHOR = "annuaire";

    private final MailboxRegistry registry;
    private final Passwords passwords;
    private final Secrets secrets;

    public FirstMailboxes(MailboxRegistry registry, Passwords passwords, Secrets secrets) {
        this.registry = registry;
        this.passwords = passwords;
        this.secrets = secrets;
    }

    /**
     * A PER mailbox without a password gets a random one, left in {@code <address>.password} for its holder: a new one, and
     * one that is active, never one that was given up.
     *
     * @return how many mailboxes were new
     */
    public int load(Path file) {
        int created = 0;
        for (Registration registration : MailboxFile.read(file)) {
            Optional<Registration> known = registry.find(registration.address());
            if (known.isEmpty()) {
                registry.create(registration, new ChangeNote(AUTHOR, "listed in " + file.getFileName()));
                created++;
            }
            Mailbox present = known.orElse(registration).mailbox();
            boolean mayHaveOne = present.isActive() || (known.isEmpty() && present.state() == MailboxState.SUSPENDED);
            if (present.type() == MailboxType.PER
                    && mayHaveOne
                    && registry.passwordHash(registration.address()).isEmpty()) {
                // the file first: after a crash between the two the next start makes a new one
                String password = secrets.create(registration.address() + ".password");
                passwords.set(registration.address(), password, new ChangeNote(AUTHOR, "first password generated"));
            }
        }
        return created;
    }
}
