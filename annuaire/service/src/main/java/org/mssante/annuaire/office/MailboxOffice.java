package org.mssante.annuaire.office;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.registry.Change;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.Delegations;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Passwords;
import org.mssante.annuaire.registry.Powers;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.registry.Selection;
import org.mssante.annuaire.registry.Warrant;
import org.mssante.annuaire.sync.KnownProfessionals;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.outcome.Outcome;

/**
 * Administers our own mailboxes. Who may do what is looked up in {@link Rules} at each deed, in the transaction of a change:
 * what is taken from somebody counts for whatever he does next. Thread-safe.
 */
public final class MailboxOffice {
    /** The deeds that take a mailbox to another state of its life. */
    private static final Map<Deed, MailboxState> STEPS = Map.of(
            Deed.SUSPEND, MailboxState.SUSPENDED,
            Deed.CLOSE, MailboxState.CLOSED,
            Deed.REOPEN, MailboxState.ACTIVE,
            Deed.PURGE, MailboxState.PURGED);

    /** So many mailboxes are looked at in one go where some of them may be hidden. */
    private static final int BATCH = 500;

    private final Records records;
    private final Rules rules;
    private final TakeOvers takeOvers;
    private final Duration patience;

    /** What it keeps its books in. */
    public record Records(
            MailboxRegistry registry,
            RegisterFlags flags,
            Delegations delegations,
            Passwords passwords,
            Secrets secrets,
            KnownProfessionals professionals) {}

    /** @param patience a change waits so long until the directory shows it */
    public MailboxOffice(Records records, Rules rules, TakeOvers takeOvers, Duration patience) {
        this.records = records;
        this.rules = rules;
        this.takeOvers = takeOvers;
        this.patience = patience;
    }

    /**
     * Which mailboxes are listed.
     *
     * @param after the last one that was looked at before
     */
    public record Wanted(
            Optional<MailboxType> type,
            Optional<MailboxState> state,
            Optional<StructureId> structure,
            Optional<MailAddress> after,
            int count) {}

    /** @param next behind which the next page begins; empty after the last page */
    public record Page(List<MailboxView> mailboxes, Optional<MailAddress> next) {}

    /**
     * @param shown false where the directory does not show it yet
     * @param warning of what its author should look at; empty for none
     */
    public record Changed(MailboxView mailbox, boolean shown, Optional<Outcome> warning) {}

    /** The mailboxes somebody may see, in the order of addresses. */
    public Answer<Page> list(Author author, Wanted wanted) {
        return Answer.of(() -> page(author, wanted));
    }

    private Page page(Author author, Wanted wanted) {
        Powers powers = powers(author);
        if (rules.bars(author, powers)) {
            throw RefusalException.unproven();
        }
        Optional<Selection.Neighbourhood> near =
                rules.allowing(author, Rules.roles(author, powers), Deed.LOOK).isPresent()
                        ? Optional.empty()
                        : author.person()
                                .map(person -> new Selection.Neighbourhood(
                                        person, powers.own().flatMap(Mailbox::holder), powers.structures()));
        Selection selection = new Selection(wanted.type(), wanted.state(), wanted.structure(), near);
        List<Registration> seen = new ArrayList<>();
        Optional<MailAddress> after = wanted.after();
        int batch = near.isPresent() ? Math.max(BATCH, wanted.count() + 1) : wanted.count() + 1;
        boolean more = true;
        // one more than asked for: a page that ends with what he may see says where it ends, and names nothing else
        while (more && seen.size() <= wanted.count()) {
            List<Registration> found = records.registry().page(selection, after, batch);
            found.stream()
                    .filter(one -> rules.allowing(author, rules.roles(author, powers, one.mailbox()), Deed.LOOK)
                            .isPresent())
                    .forEach(seen::add);
            more = found.size() == batch;
            after = more ? Optional.of(found.get(batch - 1).address()) : after;
        }
        List<Registration> told = seen.stream().limit(wanted.count()).toList();
        Map<MailAddress, RegisterFlag> flags =
                records.flags().of(told.stream().map(Registration::address).toList());
        List<MailboxView> page = told.stream()
                .map(registration ->
                        new MailboxView(registration, Optional.ofNullable(flags.get(registration.address()))))
                .toList();
        return new Page(
                page,
                seen.size() > wanted.count()
                        ? Optional.of(page.get(page.size() - 1).registration().address())
                        : Optional.empty());
    }

    public Answer<MailboxView> look(Author author, MailAddress address) {
        return Answer.of(() -> view(seen(author, address, Deed.LOOK)));
    }

    /** What happened to a mailbox, oldest first, without the oldest {@code skipped}. */
    public Answer<List<Change>> history(Author author, MailAddress address, int skipped, int count) {
        return Answer.of(() -> records.registry()
                .history(seen(author, address, Deed.READ_HISTORY).address(), skipped, count));
    }

    /**
     * Creates one, also for a holder whom the register does not know: who has begun to practise may not be in it yet; and for
     * software that has no certificate yet.
     *
     * @param properties by their names in {@link MailboxProperties}
     */
    public Answer<Changed> create(Order order, Map<String, String> properties) {
        return Answer.of(() -> {
            Registration created = created(order, properties);
            return shown(created, warning(created.mailbox()));
        });
    }

    /**
     * The one that says most. One has a holder, or is of a type that a certificate alone opens: never both; and of a holder who has
     * another one it was said then whether the register knows him.
     */
    private Optional<Outcome> warning(Mailbox created) {
        if (created.type() == MailboxType.APP && created.certificateSubject().isEmpty()) {
            return Optional.of(Outcome.NOBODY_OPENS_MAILBOX);
        }
        if (created.type() == MailboxType.PER
                && created.isActive()
                && created.holder()
                        .filter(holder -> records.registry().hasOther(holder, created.address()))
                        .isPresent()) {
            return Optional.of(Outcome.HOLDER_HAS_ANOTHER_MAILBOX);
        }
        return created.holder().filter(records.professionals()::lack).map(holder -> Outcome.HOLDER_NOT_IN_REGISTER);
    }

    private Registration created(Order order, Map<String, String> properties) {
        return records.registry().create(order.author().person(), (powers, domains) -> {
            Registration registration = MailboxProperties.create(order.address(), properties);
            Role role = role(order.author(), powers, registration.mailbox(), Deed.CREATE);
            checkNames(role, properties.keySet(), Rules::mayGive);
            checkDomain(role, registration.mailbox(), domains);
            checkCertificate(role, registration);
            return revised(order, role, registration);
        });
    }

    /** @param properties by their names in {@link MailboxProperties}; one that is empty is taken away */
    public Answer<Changed> change(Order order, Map<String, String> properties) {
        return change(order, Deed.CHANGE, (role, present) -> {
            checkNames(role, properties.keySet(), Rules::mayChange);
            Registration changed = MailboxProperties.change(present, properties);
            return changed.mailbox()
                            .certificateSubject()
                            .equals(present.mailbox().certificateSubject())
                    ? changed
                    : bringing(role, changed);
        });
    }

    /** The operator's word about the certificate before says nothing of another one that somebody else brings. */
    private static Registration bringing(Role role, Registration changed) {
        Registration brought = Rules.mayChange(role, MailboxProperties.CERTIFICATE_STRUCTURE)
                ? changed
                : MailboxProperties.change(changed, Map.of(MailboxProperties.CERTIFICATE_STRUCTURE, ""));
        checkCertificate(role, brought);
        return brought;
    }

    /** @param step one of SUSPEND, CLOSE, REOPEN, PURGE */
    public Answer<Changed> take(Order order, Deed step) {
        return change(order, step, (role, present) -> {
            boolean opens = step == Deed.REOPEN;
            if (opens && present.held() && !Rules.holds(role)) {
                throw new RefusalException(
                        Outcome.ADMINISTRATION_NOT_ALLOWED,
                        "The operator has suspended or closed it: he alone opens it again.");
            }
            boolean held = !opens && (present.held() || Rules.holds(role));
            return MailboxProperties.change(
                    present,
                    Map.of(
                            MailboxProperties.STATE,
                            STEPS.get(step).name(),
                            MailboxProperties.HELD,
                            Boolean.toString(held)));
        });
    }

    /** Says what a person may do in the mailbox. */
    public Answer<Changed> giveRights(Order order, MailAddress person, Set<MemberRight> rights) {
        return change(
                order,
                Deed.GIVE_RIGHTS,
                (role, present) -> withMembers(
                        present, Stream.concat(others(present, person), Stream.of(new Member(person, rights)))));
    }

    /** Takes a person off the mailbox. */
    public Answer<Changed> takeRights(Order order, MailAddress person) {
        return change(order, Deed.GIVE_RIGHTS, (role, present) -> {
            if (present.mailbox().members().stream()
                    .noneMatch(member -> member.person().equals(person))) {
                throw new RefusalException(Outcome.RESOURCE_UNKNOWN, person + " is no member of it.");
            }
            return withMembers(present, others(present, person));
        });
    }

    /** A new password, told this once; the registry keeps its hash alone. What the old one and app passwords opened ends. */
    public Answer<String> setPassword(Order order) {
        return Answer.of(() -> {
            String password = records.secrets().random();
            records.passwords().set(order.address(), password, warrant(order, Deed.SET_PASSWORD));
            show();
            return password;
        });
    }

    /** Whoever does not see the mailbox is told that there is none. */
    void permit(Author author, MailAddress address, Deed deed) {
        seen(author, address, deed);
    }

    /** By what somebody may do that, looked at in the transaction of the deed; who may not now is told so before any work is done. */
    Warrant warrant(Order order, Deed deed) {
        permit(order.author(), order.address(), deed);
        return new Warrant(
                order.author().person(),
                (present, powers) -> note(order, seenBy(order.author(), powers, present, deed)));
    }

    /** Waits until the directory shows what was changed; where that takes too long it is in the log. */
    void show() {
        takeOvers.await(patience);
    }

    /** What becomes of a mailbox, by the role its author acts in. */
    @FunctionalInterface
    private interface Alteration {
        Registration of(Role role, Registration present);
    }

    private Answer<Changed> change(Order order, Deed deed, Alteration alteration) {
        return Answer.of(() -> {
            MailAddress address = seen(order.author(), order.address(), deed).address();
            MailboxRegistry.Changed changed = records.registry()
                    .change(address, order.author().person(), (present, powers) -> {
                        Role role = seenBy(order.author(), powers, present.mailbox(), deed);
                        if (order.version().isPresent()
                                && !order.version().get().equals(MailboxView.version(present))) {
                            throw new RefusalException(
                                    Outcome.CHANGED_MEANWHILE, "The mailbox was changed meanwhile: look again.");
                        }
                        return revised(order, role, alteration.of(role, present));
                    });
            return shown(
                    changed.registration(),
                    changed.differs() ? Optional.empty() : Optional.of(Outcome.MAILBOX_SO_ALREADY));
        });
    }

    private static MailboxRegistry.Revised revised(Order order, Role role, Registration registration) {
        return new MailboxRegistry.Revised(registration, note(order, role));
    }

    private static ChangeNote note(Order order, Role role) {
        return new ChangeNote(order.author().named(role), order.reason());
    }

    private Changed shown(Registration changed, Optional<Outcome> warning) {
        return new Changed(view(changed), takeOvers.await(patience), warning);
    }

    private MailboxView view(Registration registration) {
        return new MailboxView(registration, records.flags().find(registration.address()));
    }

    private Powers powers(Author author) {
        Powers powers = author.person().map(records.delegations()::of).orElse(Powers.NONE);
        Rules.checkLogIn(author, powers);
        return powers;
    }

    private Registration seen(Author author, MailAddress address, Deed deed) {
        Powers powers = powers(author);
        Registration present = records.registry().find(address).orElseThrow(() -> unseen(author, powers, address));
        seenBy(author, powers, present.mailbox(), deed);
        return present;
    }

    /** Told of a mailbox he may not see, and of one that does not exist. */
    private RefusalException unseen(Author author, Powers powers, MailAddress address) {
        return rules.bars(author, powers) ? RefusalException.unproven() : RefusalException.unknown(address);
    }

    private Role seenBy(Author author, Powers powers, Mailbox present, Deed deed) {
        if (rules.allowing(author, rules.roles(author, powers, present), Deed.LOOK)
                .isEmpty()) {
            throw unseen(author, powers, present.address());
        }
        return role(author, powers, present, deed);
    }

    private Role role(Author author, Powers powers, Mailbox mailbox, Deed deed) {
        return rules.allowing(author, rules.roles(author, powers, mailbox), deed)
                .orElseThrow(() -> RefusalException.notAllowed(deed));
    }

    private static void checkNames(Role role, Set<String> names, BiPredicate<Role, String> may) {
        names.stream()
                .filter(name -> !may.test(role, name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new RefusalException(
                            Outcome.ADMINISTRATION_NOT_ALLOWED, "Your roles do not let you set " + name + " here.");
                });
    }

    /** The first mailbox of a structure in a domain is the operator's to create: addresses of others' domains are not. */
    private static void checkDomain(Role role, Mailbox mailbox, MailboxRegistry.Domains domains) {
        boolean known = mailbox.structure()
                .filter(structure -> domains.hold(structure, mailbox.address().domain()))
                .isPresent();
        if (role == Role.ADMINISTRATOR && !known) {
            throw new RefusalException(
                    Outcome.ADMINISTRATION_NOT_ALLOWED,
                    "The structure has no mailbox in this domain yet: the operator creates the first one.");
        }
    }

    private static void checkCertificate(Role role, Registration registration) {
        if (!Rules.mayBring(role, registration.mailbox())) {
            throw new RefusalException(
                    Outcome.ADMINISTRATION_NOT_ALLOWED,
                    "The OU of the certificate is not the identifier of the structure: the operator alone sets such a"
                            + " certificate.");
        }
    }

    private static Stream<Member> others(Registration present, MailAddress person) {
        return present.mailbox().members().stream()
                .filter(member -> !member.person().equals(person));
    }

    private static Registration withMembers(Registration present, Stream<Member> members) {
        String text = members.map(MailboxProperties::text).collect(Collectors.joining(" "));
        return MailboxProperties.change(present, Map.of(MailboxProperties.MEMBERS, text));
    }
}
