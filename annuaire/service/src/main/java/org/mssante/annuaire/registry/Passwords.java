package org.mssante.annuaire.registry;

import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;

/**
 * People's own passwords. Only an active PER mailbox has one; for any other the same work is done against a hash nobody
 * knows the password of, so that the time to answer tells nothing. What it opens, {@link PersonalAccess} says. Thread-safe.
 */
public final class Passwords {
    private final MailboxRegistry registry;
    private final PasswordHashing hashing;
    private final HashRenewal renewal;
    private final String nobody;

    public Passwords(RegistryDatabase database, MailboxRegistry registry, PasswordHashing hashing, Secrets secrets) {
        this.registry = registry;
        this.hashing = hashing;
        this.renewal = new HashRenewal(database);
        this.nobody = hashing.hash(secrets.random());
    }

    boolean check(MailAddress address, String password) {
        Optional<String> hash = holder(address).flatMap(mailbox -> registry.passwordHash(mailbox.address()));
        boolean matches = hashing.matches(password, hash.orElse(nobody));
        if (!matches || hash.isEmpty()) {
            return false;
        }
        if (hashing.isCheaper(hash.get())) {
            renewal.renew("credential", address, hash.get(), hashing.hash(password));
        }
        return true;
    }

    /** What all passwords of that mailbox stand at; empty where it is none of a person, or not active. */
    Optional<Long> credentialsVersion(MailAddress address) {
        return holder(address).map(Mailbox::credentialsVersion);
    }

    private Optional<Mailbox> holder(MailAddress address) {
        return registry.find(address)
                .map(Registration::mailbox)
                .filter(Mailbox::isActive)
                .filter(mailbox -> mailbox.type() == MailboxType.PER);
    }

    /**
     * Withdraws the app passwords, too, so that the mailboxes have to be taken over into the directory.
     *
     * @throws InvalidRegistrationException where it would be read as an app password
     */
    public void set(MailAddress address, String password, ChangeNote note) {
        if (AppPasswordText.parse(password).isPresent()) {
            throw new InvalidRegistrationException("a password must not look like an app password");
        }
        registry.setPasswordHash(address, hashing.hash(password), note);
    }
}
