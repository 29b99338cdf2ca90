package org.mssante.annuaire.lifecycle;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.index.Answer;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Question;
import org.mssante.annuaire.index.RegisterStructures;
import org.mssante.annuaire.index.Scope;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Publication;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.Registration;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** Makes the {@link Findings} from the registry, the flags and the edition in force (annuaire.md §6.4). Thread-safe. */
public final class FindingsSearch {
    private static final int AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DirectoryIndex index;
    private final MailboxRegistry registry;
    private final RegisterFlags flags;
    private final RegisterMemory memory;
    private final LifeCyclePolicy policy;
    private final Clock clock;

    public FindingsSearch(DirectoryIndex index, RegisterReview.Records records, LifeCyclePolicy policy, Clock clock) {
        this.index = index;
        this.registry = records.registry();
        this.flags = records.flags();
        this.memory = records.memory();
        this.policy = policy;
        this.clock = clock;
    }

    public Findings findings() throws IOException {
        Map<MailAddress, Registration> ours = new TreeMap<>(Comparator.comparing(MailAddress::toString));
        registry.forEach(registration -> ours.put(registration.address(), registration));
        Map<MailAddress, Publication> published = memory.publications().stream()
                .collect(Collectors.toMap(Publication::address, publication -> publication));
        List<Findings.Stale> stale = new ArrayList<>(differences(ours, published));
        Set<MailAddress> strangers = strangers(ours.keySet());
        strangers.forEach(address ->
                stale.add(new Findings.Stale(address, "published in our domain, and we have no such mailbox")));
        boolean publishes = !published.isEmpty() || !strangers.isEmpty();
        return new Findings(
                orphans(ours), duplicates(ours), stale, publishes ? unpublished(ours, published.keySet()) : List.of());
    }

    private List<Findings.Orphan> orphans(Map<MailAddress, Registration> ours) {
        List<Findings.Orphan> orphans = new ArrayList<>();
        for (RegisterFlag flag : flags.all().values()) {
            Optional.ofNullable(ours.get(flag.address()))
                    .map(Registration::mailbox)
                    .ifPresent(mailbox -> orphans.add(new Findings.Orphan(
                            flag, mailbox.state(), mailbox.isActive() ? policy.suspension(flag) : Optional.empty())));
        }
        return orphans;
    }

    private static List<Findings.Duplicate> duplicates(Map<MailAddress, Registration> ours) {
        Map<String, List<MailAddress>> byHolder = new TreeMap<>();
        ours.values().stream()
                .map(Registration::mailbox)
                .filter(mailbox -> mailbox.type() == MailboxType.PER && isLiving(mailbox))
                .forEach(mailbox -> byHolder.computeIfAbsent(
                                mailbox.holder().orElseThrow().value(), unused -> new ArrayList<>())
                        .add(mailbox.address()));
        return byHolder.entrySet().stream()
                .filter(holder -> holder.getValue().size() > 1)
                .map(holder -> new Findings.Duplicate(new Rpps(holder.getKey()), holder.getValue()))
                .toList();
    }

    private static List<MailAddress> unpublished(Map<MailAddress, Registration> ours, Set<MailAddress> published) {
        return ours.values().stream()
                .filter(registration -> registration.mailbox().isActive() && !registration.unlisted())
                // the open extract holds neither APP nor CAB (annuaire.md §1.3)
                .filter(registration -> registration.mailbox().type() == MailboxType.PER
                        || registration.mailbox().type() == MailboxType.ORG)
                .map(Registration::address)
                .filter(address -> !published.contains(address))
                .toList();
    }

    private static boolean isLiving(Mailbox mailbox) {
        return mailbox.state() == MailboxState.ACTIVE || mailbox.state() == MailboxState.SUSPENDED;
    }

    private List<Findings.Stale> differences(
            Map<MailAddress, Registration> ours, Map<MailAddress, Publication> published) throws IOException {
        List<Findings.Stale> stale = new ArrayList<>();
        try (Snapshot register = index.snapshot()) {
            RegisterStructures structures = new RegisterStructures(register);
            for (Registration registration : ours.values()) {
                Optional<Publication> publication = Optional.ofNullable(published.get(registration.address()));
                if (publication.isPresent()) {
                    difference(registration, publication.get(), structures)
                            .ifPresent(why -> stale.add(new Findings.Stale(registration.address(), why)));
                }
            }
        }
        return stale;
    }

    private static Optional<String> difference(
            Registration registration, Publication publication, RegisterStructures structures) throws IOException {
        Mailbox mailbox = registration.mailbox();
        if (!isLiving(mailbox)) {
            return Optional.of("published, and it is " + mailbox.state());
        }
        if (registration.unlisted()) {
            return Optional.of("published, and it is on the liste rouge");
        }
        Optional<String> holder = mailbox.holder().map(Rpps::value);
        if (holder.isPresent() && !publication.holders().contains(holder.get())) {
            return Optional.of("published with another holder than ours");
        }
        if (mailbox.structure().isPresent()
                && !publication.structures().isEmpty()
                && structures.numbers(mailbox.structure().get()).stream()
                        .map(StructureId::number)
                        .noneMatch(publication.structures()::contains)) {
            return Optional.of("published with another structure than ours");
        }
        return Optional.empty();
    }

    /** Published addresses of our domains that we never gave. */
    private Set<MailAddress> strangers(Set<MailAddress> ours) throws IOException {
        Set<MailDomain> domains = ours.stream().map(MailAddress::domain).collect(Collectors.toSet());
        Set<MailAddress> strangers = new TreeSet<>(Comparator.comparing(MailAddress::toString));
        try (Snapshot register = index.snapshot()) {
            for (MailDomain domain : domains) {
                Condition published = new Condition.All(List.of(
                        new Condition.Substring(Attribute.MAIL, Optional.empty(), List.of(), Optional.of("@" + domain)),
                        new Condition.Not(new Condition.Present(Attribute.STATE))));
                Question question =
                        new Question(EntryKey.of(Branch.MAILBOXES), Scope.ONE_LEVEL, published, Audience.SERVICES);
                forEach(question, register, entry -> {
                    MailAddress address =
                            MailAddress.parse(entry.values(Attribute.MAIL).get(0));
                    if (!ours.contains(address)) {
                        strangers.add(address);
                    }
                });
            }
        }
        return strangers;
    }

    private void forEach(Question question, Snapshot register, Consumer<DirectoryEntry> sink) throws IOException {
        Instant deadline = clock.instant().plus(PATIENCE);
        Answer answer = register.search(question, 0, AT_ONCE, deadline, clock);
        answer.entries().forEach(sink);
        while (answer.end() == Answer.End.LIMIT) {
            answer = register.search(question, answer.next(), AT_ONCE, deadline, clock);
            answer.entries().forEach(sink);
        }
        if (answer.end() == Answer.End.TIME) {
            throw new IOException("what is published in our domains was not read in " + PATIENCE.toSeconds() + " s");
        }
    }
}
