package org.mssante.annuaire.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * A directory for the tests of other modules: it answers from the values a test puts in, and can be made unavailable.
 * Comes in this module's test-jar. Thread-safe.
 */
public final class ListedDirectory implements Directory, Structures {
    private final Map<MailAddress, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final Map<MailAddress, String> passwords = new ConcurrentHashMap<>();
    private final Map<MailAddress, Map<String, String>> appPasswords = new ConcurrentHashMap<>();
    private final Map<Rpps, Professional> professionals = new ConcurrentHashMap<>();
    private final Map<StructureId, String> structures = new ConcurrentHashMap<>();
    private volatile Optional<String> outage = Optional.empty();

    public ListedDirectory with(Mailbox mailbox) {
        mailboxes.put(mailbox.address(), mailbox);
        return this;
    }

    public ListedDirectory withPassword(MailAddress person, String password) {
        passwords.put(person, password);
        return this;
    }

    public ListedDirectory withAppPassword(MailAddress person, String name, String password) {
        appPasswords.put(person, Map.of(password, name));
        return this;
    }

    public ListedDirectory with(Professional professional) {
        professionals.put(professional.rpps(), professional);
        return this;
    }

    public ListedDirectory withStructure(StructureId structure, String name) {
        structures.put(structure, name);
        return this;
    }

    /** From now on every question is answered by Unavailable, until {@link #recover()}. */
    public void fail(String why) {
        outage = Optional.of(why);
    }

    public void recover() {
        outage = Optional.empty();
    }

    @Override
    public Lookup<Mailbox> mailbox(MailAddress address) {
        return lookup(mailboxes, address);
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfCertificate(String subject) {
        X500Principal asked = new X500Principal(subject);
        return those(
                mailbox -> mailbox.certificateSubject().map(X500Principal::new).equals(Optional.of(asked)));
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfHolder(Rpps holder) {
        return those(mailbox -> mailbox.holder().equals(Optional.of(holder)));
    }

    @Override
    public PasswordVerdict checkPassword(MailAddress person, String password) {
        if (outage.isPresent()) {
            return PasswordVerdict.Denied.UNAVAILABLE;
        }
        boolean active = Optional.ofNullable(mailboxes.get(person))
                .map(Mailbox::isActive)
                .orElse(false);
        if (active && password.equals(passwords.get(person))) {
            return new PasswordVerdict.Accepted(Optional.empty());
        }
        Optional<String> app = Optional.ofNullable(appPasswords.get(person)).map(named -> named.get(password));
        return active && app.isPresent() ? new PasswordVerdict.Accepted(app) : PasswordVerdict.Denied.REFUSED;
    }

    @Override
    public Lookup<Professional> professional(Rpps rpps) {
        return lookup(professionals, rpps);
    }

    @Override
    public Lookup<String> structureName(StructureId structure) {
        return lookup(structures, structure);
    }

    private Lookup<List<Mailbox>> those(Predicate<Mailbox> wanted) {
        return outage.<Lookup<List<Mailbox>>>map(Lookup.Unavailable::new)
                .orElseGet(() -> new Lookup.Found<>(
                        mailboxes.values().stream().filter(wanted).toList()));
    }

    private <K, V> Lookup<V> lookup(Map<K, V> values, K key) {
        if (outage.isPresent()) {
            return new Lookup.Unavailable<>(outage.get());
        }
        return Optional.ofNullable(values.get(key))
                .<Lookup<V>>map(Lookup.Found::new)
                .orElseGet(Lookup.Absent::new);
    }
}
