package org.mssante.annuaire.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.sql.Transactions;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;

/**
 * The mailboxes of this operator. Every change carries its author and reason into the history and the trace, in the
 * same transaction; address and type never change, nor does the holder of a PER. Thread-safe.
 */
public final class MailboxRegistry {
    private static final int PAGE = 500;

    private final RegistryDatabase database;
    private final Admission admission;
    private final ChangeLog log;
    private final Delegations delegations;

    /** @param admission what a new mailbox has to keep */
    public MailboxRegistry(RegistryDatabase database, Admission admission, Trace trace, Clock clock) {
        this.database = database;
        this.admission = admission;
        this.log = new ChangeLog(trace, clock);
        this.delegations = new Delegations(database, trace, clock);
    }

    public Optional<Registration> find(MailAddress address) {
        return database.read("a mailbox cannot be read", connection -> MailboxRows.find(connection, address));
    }

    /** The active mailboxes whose software logs in with a certificate of that subject, in the order of addresses. */
    public List<MailAddress> openedBy(X500Principal subject) {
        return database.read("a mailbox cannot be read", connection -> MailboxRows.openedBy(connection, subject));
    }

    /** Whether a professional has an active mailbox of type PER beside that one. */
    public boolean hasOther(Rpps holder, MailAddress address) {
        return database.read(
                "a mailbox cannot be read", connection -> MailboxRows.hasOther(connection, holder, address));
    }

    /** Hands every mailbox, in whatever state, to the sink in the order of addresses; a page at a time is in memory. */
    public void forEach(Consumer<Registration> sink) {
        Selection all = Selection.all();
        List<Registration> page = page(all, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(sink);
            page = page(all, Optional.of(page.get(page.size() - 1).address()), PAGE);
        }
    }

    /** The wanted mailboxes behind an address, or from the first, in the order of addresses: at most {@code count}. */
    public List<Registration> page(Selection wanted, Optional<MailAddress> after, int count) {
        return database.read(
                "the mailboxes cannot be read",
                connection -> MailboxRows.page(
                        connection, wanted, after.map(MailAddress::toString).orElse(""), count));
    }

    /** @throws InvalidRegistrationException where it is not there yet, and {@link Admission} says no */
    void admit(Registration registration) {
        if (find(registration.address()).isEmpty()) {
            admission.check(registration);
        }
    }

    /** @throws InvalidRegistrationException where the address exists or has ever existed, or {@link Admission} says no */
    public void create(Registration registration, ChangeNote note) {
        database.transaction("a mailbox cannot be created", connection -> {
            create(connection, new Revised(registration, note));
            return registration;
        });
    }

    /**
     * Creates mailboxes, all or none.
     *
     * @throws InvalidRegistrationException that names the mailbox, where an address exists or has ever existed, or a rule is broken
     */
    public void create(List<Registration> registrations, ChangeNote note) {
        database.transaction("mailboxes cannot be created", connection -> {
            List<Revised> created = registrations.stream()
                    .map(registration -> new Revised(registration, note))
                    .toList();
            // checked once all are there, for they may speak of each other; traced at the end: what is refused has not
            // happened
            for (Revised one : created) {
                named(one.registration(), connection, open -> insert(open, one));
            }
            for (Revised one : created) {
                named(one.registration(), connection, open -> check(open, one));
            }
            for (Revised one : created) {
                recordCreation(connection, one);
            }
            return created;
        });
    }

    /** What a mailbox is to be, and who wants that, and why. */
    public record Revised(Registration registration, ChangeNote note) {}

    /** Where structures have mailboxes, as the transaction sees it. */
    @FunctionalInterface
    public interface Domains {
        /** Whether a structure has a mailbox in a domain, in whatever state. */
        boolean hold(StructureId structure, MailDomain domain);
    }

    /** A new mailbox, of what its author was given to administer. */
    @FunctionalInterface
    public interface Creation {
        /** @throws RuntimeException where that cannot be, or he may not: nothing changes */
        Revised of(Powers powers, Domains domains);
    }

    /**
     * Creates a mailbox.
     *
     * @param person who does it, where that is a person: what he was given is not taken away before the end of the change
     * @throws InvalidRegistrationException where the address exists or has ever existed
     */
    public Registration create(Optional<MailAddress> person, Creation creation) {
        return database.transaction("a mailbox cannot be created", connection -> {
            Revised created = creation.of(
                    Delegations.lock(connection, person), (structure, domain) -> isIn(connection, structure, domain));
            create(connection, created);
            return created.registration();
        });
    }

    private static boolean isIn(Connection connection, StructureId structure, MailDomain domain) {
        try {
            return MailboxRows.isIn(connection, structure, domain);
        } catch (SQLException e) {
            throw new RegistryException("the mailboxes cannot be read", e);
        }
    }

    private void create(Connection connection, Revised created) throws SQLException {
        insert(connection, created);
        check(connection, created);
        recordCreation(connection, created);
    }

    private Revised insert(Connection connection, Revised created) throws SQLException {
        admission.check(created.registration());
        Optional<Registration> there =
                MailboxRows.find(connection, created.registration().address());
        if (there.isPresent()) {
            throw new InvalidRegistrationException(
                    there.get().mailbox().state() == MailboxState.PURGED
                            ? "the address was given before and is never given again"
                            : "a mailbox of that address exists");
        }
        MailboxRows.insert(connection, created.registration());
        return created;
    }

    private static Revised check(Connection connection, Revised created) throws SQLException {
        CertificateOwners.check(connection, created.registration().mailbox());
        MemberRules.check(connection, List.of(), created.registration().mailbox());
        return created;
    }

    private void recordCreation(Connection connection, Revised created) throws SQLException {
        Registration registration = created.registration();
        record(connection, registration.address(), created.note(), "created " + Differences.describe(registration));
    }

    /** Says which mailbox breaks the rule. */
    private static void named(Registration registration, Connection connection, Transactions.Work<?> work)
            throws SQLException {
        try {
            work.run(connection);
        } catch (InvalidRegistrationException e) {
            throw new InvalidRegistrationException(registration.address() + ": " + e.getMessage(), e);
        }
    }

    /** What becomes of a mailbox, of what it is now. */
    @FunctionalInterface
    public interface Revision {
        /** @throws InvalidRegistrationException where that cannot be */
        Registration of(Registration present);
    }

    /** The same, of what its author was given to administer, too. */
    @FunctionalInterface
    public interface DelegatedRevision {
        /** @throws RuntimeException where that cannot be, or he may not: nothing changes */
        Revised of(Registration present, Powers powers);
    }

    /**
     * What a mailbox is now.
     *
     * @param differs false where it was that before: the history has no line of it
     */
    public record Changed(Registration registration, boolean differs) {}

    /**
     * Changes a mailbox. A purged one is a tombstone: its passwords are gone, and nothing of it changes any more. What the
     * register said against it is forgotten where the change answers it: another responsible or structure, opened again, given up.
     *
     * @return what it is now
     * @throws InvalidRegistrationException where there is no such mailbox, or a rule of its type or of its life is broken
     */
    public Registration change(MailAddress address, Revision revision, ChangeNote note) {
        return change(address, revision, note, connection -> address);
    }

    /** @param also what belongs into the same transaction; it comes before the trace, for what it refuses has not happened */
    Registration change(MailAddress address, Revision revision, ChangeNote note, Transactions.Work<?> also) {
        return database.transaction("a mailbox cannot be changed", connection -> {
            Registration present = lock(connection, address);
            return change(connection, present, new Revised(revision.of(present), note), also)
                    .registration();
        });
    }

    /**
     * Changes a mailbox by what its author may.
     *
     * @param person who does it, where that is a person: what he was given is not taken away before the end of the change
     * @throws InvalidRegistrationException where there is no such mailbox, or a rule of its type or of its life is broken
     */
    public Changed change(MailAddress address, Optional<MailAddress> person, DelegatedRevision revision) {
        return database.transaction("a mailbox cannot be changed", connection -> {
            Registration present = lock(connection, address);
            return change(
                    connection, present, revision.of(present, Delegations.lock(connection, person)), same -> address);
        });
    }

    private static Registration lock(Connection connection, MailAddress address) throws SQLException {
        return MailboxRows.lock(connection, address)
                .orElseThrow(() -> new InvalidRegistrationException("there is no such mailbox"));
    }

    private Changed change(Connection connection, Registration present, Revised revised, Transactions.Work<?> also)
            throws SQLException {
        Registration wanted = revised.registration();
        check(present.mailbox(), wanted.mailbox());
        boolean purged = wanted.mailbox().state() == MailboxState.PURGED;
        Registration changed = purged ? wanted.remains() : wanted;
        TypeRule.checkGiven(Optional.of(present), changed);
        MailboxRows.update(connection, changed);
        if (CertificateOwners.differs(present.mailbox(), changed.mailbox())) {
            CertificateOwners.check(connection, changed.mailbox());
        }
        MemberRules.check(connection, present.mailbox().members(), changed.mailbox());
        also.run(connection);
        if (answersFlag(present.mailbox(), changed.mailbox())) {
            RegisterFlags.delete(connection, present.address());
        }
        if (purged) {
            Credentials.forget(connection, present.address());
            leaveOthers(connection, present.address(), revised.note());
            delegations.takeAll(connection, present.address(), revised.note());
        }
        boolean differs = Differences.areBetween(present, changed);
        if (differs) {
            String what = purged ? Differences.purge(present, changed) : Differences.between(present, changed);
            record(connection, present.address(), revised.note(), what);
        }
        return new Changed(changed, differs);
    }

    /** Who is gone for ever is nobody's member. */
    private void leaveOthers(Connection connection, MailAddress person, ChangeNote note) throws SQLException {
        for (MailAddress shared : MailboxRows.sharedWith(connection, person)) {
            Registration present = lock(connection, shared);
            Registration changed = present.without(person);
            MailboxRows.update(connection, changed);
            record(connection, shared, note, Differences.between(present, changed));
        }
    }

    private static void check(Mailbox present, Mailbox changed) {
        if (!present.address().equals(changed.address())) {
            throw new InvalidRegistrationException("the address of a mailbox never changes");
        }
        if (present.type() != changed.type()) {
            throw new InvalidRegistrationException("the type of a mailbox never changes");
        }
        if (present.type() == MailboxType.PER && !present.holder().equals(changed.holder())) {
            // mails, passwords and sessions would go with it (mssante.md §5.4)
            throw new InvalidRegistrationException(
                    "the holder of a mailbox of type PER never changes: close it, and create another one");
        }
        if (present.state() == MailboxState.PURGED) {
            throw new InvalidRegistrationException("the mailbox is purged: nothing of it changes any more");
        }
        if (!present.state().mayBecome(changed.state())) {
            throw new InvalidRegistrationException(
                    "a mailbox that is " + present.state() + " does not become " + changed.state() + " in one step");
        }
    }

    private static boolean answersFlag(Mailbox present, Mailbox changed) {
        boolean opened = changed.isActive() && !present.isActive();
        boolean givenUp = changed.state() == MailboxState.CLOSED || changed.state() == MailboxState.PURGED;
        return opened
                || givenUp
                || !changed.holder().equals(present.holder())
                || !changed.structure().equals(present.structure());
    }

    /** The hash the holder's password is checked against. */
    public Optional<String> passwordHash(MailAddress address) {
        return database.read("a credential cannot be read", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select hash from credential where address = ?")) {
                select.setString(1, address.toString());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * Changes the password. App passwords end with it: whoever knew the old one may have made some.
     *
     * @param hash in PHC string format, never the password
     * @throws InvalidRegistrationException where it is no mailbox of a person, or one that is given up
     */
    public void setPasswordHash(MailAddress address, String hash, Warrant warrant) {
        database.transaction("a credential cannot be written", connection -> {
            Credentials.Locked locked = Credentials.lockPersonal(connection, address, warrant);
            if (locked.mailbox().state() == MailboxState.CLOSED) {
                throw new InvalidRegistrationException("the mailbox is closed: it has no password");
            }
            try (PreparedStatement merge = connection.prepareStatement(
                    "merge into credential (address, hash, changed_at) key (address) values (?, ?, ?)")) {
                merge.setString(1, address.toString());
                merge.setString(2, hash);
                merge.setTimestamp(3, log.now());
                merge.executeUpdate();
            }
            List<String> ended = AppPasswords.removeAll(connection, address);
            Credentials.withdraw(connection, address);
            String what = ended.isEmpty() ? "" : "; app passwords removed: " + String.join(", ", ended);
            record(connection, address, locked.note(), "password set" + what);
            return hash;
        });
    }

    /** What happened to a mailbox, oldest first. */
    public List<Change> history(MailAddress address) {
        return history(address, 0, Integer.MAX_VALUE);
    }

    /** The same without the oldest {@code skipped}, at most {@code count}. */
    public List<Change> history(MailAddress address, int skipped, int count) {
        return database.read(
                "the history of a mailbox cannot be read",
                connection -> ChangeLog.of(connection, address, skipped, count));
    }

    private void record(Connection connection, MailAddress address, ChangeNote note, String what) throws SQLException {
        log.record(connection, Event.MAILBOX_CHANGED, address, note, what);
    }
}
