package org.mssante.annuaire.registry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;

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
     * The new ones are all created, or none where the file breaks a rule of the registry. A PER mailbox without a password gets a random one, left in {@code <address>.password} for its holder: a new one, and
     * one that is active, never one that was given up.
     *
     * @return how many mailboxes were new
     * @throws StartupFailure that names the mailbox and the rule
     */
    public int load(Path file) {
        List<Registration> listed = MailboxFile.read(file, registry::admit);
        Map<MailAddress, Registration> known = new HashMap<>();
        for (Registration registration : listed) {
            registry.find(registration.address()).ifPresent(present -> known.put(present.address(), present));
        }
        List<Registration> created = listed.stream()
                .filter(registration -> !known.containsKey(registration.address()))
                .toList();
        create(file, created);
        for (Registration registration : listed) {
            Optional<Registration> before = Optional.ofNullable(known.get(registration.address()));
            Mailbox present = before.orElse(registration).mailbox();
            boolean mayHaveOne = present.isActive() || (before.isEmpty() && present.state() == MailboxState.SUSPENDED);
            if (present.type() == MailboxType.PER
                    && mayHaveOne
                    && registry.passwordHash(registration.address()).isEmpty()) {
                // the file first: after a crash between the two the next start makes a new one
                String password = secrets.create(registration.address() + ".password");
                passwords.set(
                        registration.address(),
                        password,
                        Warrant.given(new ChangeNote(AUTHOR, "first password generated")));
            }
        }
        return created.size();
    }

    private void create(Path file, List<Registration> registrations) {
        try {
            registry.create(registrations, new ChangeNote(AUTHOR, "listed in " + file.getFileName()));
        } catch (InvalidRegistrationException e) {
            throw new StartupFailure(
                    "The mailbox file " + file + " breaks a rule of the registry (" + e.getMessage()
                            + "): correct the file and start again.",
                    e);
        }
    }
}
