package org.mssante.annuaire.registry;

import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/**
 * Log-in by password. Only an active PER mailbox has one; for any other the same work is done against a hash nobody
 * knows the password of, so that the time to answer tells nothing. Thread-safe.
 */
public final class Passwords {
    private final MailboxRegistry registry;
    private final PasswordHashing hashing;
    private final String nobody;

    public Passwords(MailboxRegistry registry, PasswordHashing hashing, Secrets secrets) {
        this.registry = registry;
        this.hashing = hashing;
        this.nobody = hashing.hash(secrets.random());
    }

    public boolean check(MailAddress address, String password) {
        Optional<String> hash = holder(address).flatMap(mailbox -> registry.passwordHash(mailbox.address()));
        boolean matches = hashing.matches(password, hash.orElse(nobody));
        return matches && hash.isPresent();
    }

    /** Whether that mailbox may log in at all: it may have been suspended or closed since it did. */
    public boolean mayLogIn(MailAddress address) {
        return holder(address).isPresent();
    }

    private Optional<Mailbox> holder(MailAddress address) {
        return registry.find(address)
                .map(Registration::mailbox)
                .filter(Mailbox::isActive)
                .filter(mailbox -> mailbox.type() == MailboxType.PER);
    }

    public void set(MailAddress address, String password, ChangeNote note) {
        registry.setPasswordHash(address, hashing.hash(password), note);
    }
}
