package org.mssante.annuaire.registry;

import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.MailAddress;

/**
 * People's own passwords. Where there is none the same work is done against a hash nobody knows the password of, so that the
 * time to answer tells nothing. What it opens, {@link PersonalAccess} says. Thread-safe.
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

    /** @param person whose password it is to be; empty where nobody has one */
    boolean check(Optional<MailAddress> person, String password) {
        Optional<String> hash = person.flatMap(registry::passwordHash);
        boolean matches = hashing.matches(password, hash.orElse(nobody));
        if (!matches || hash.isEmpty()) {
            return false;
        }
        if (hashing.isCheaper(hash.get())) {
            renewal.renew("credential", person.orElseThrow(), hash.get(), hashing.hash(password));
        }
        return true;
    }

    /** That mailbox, in whatever state and of whatever type. */
    Optional<Mailbox> mailbox(MailAddress address) {
        return registry.find(address).map(Registration::mailbox);
    }

    /**
     * Withdraws the app passwords, too, so that the mailboxes have to be taken over into the directory.
     *
     * @throws InvalidRegistrationException where it would be read as an app password
     */
    public void set(MailAddress address, String password, Warrant warrant) {
        if (AppPasswordText.parse(password).isPresent()) {
            throw new InvalidRegistrationException("a password must not look like an app password");
        }
        registry.setPasswordHash(address, hashing.hash(password), warrant);
    }
}
