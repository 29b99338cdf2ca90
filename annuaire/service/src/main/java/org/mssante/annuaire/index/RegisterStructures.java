package org.mssante.annuaire.index;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mssante.core.id.StructureId;

/** The structures of one edition of the register, by any number that it has for them. Lives as long as its snapshot. */
public final class RegisterStructures {
    private final Snapshot register;

    public RegisterStructures(Snapshot register) {
        this.register = register;
    }

    /** The one site that has this number for its own. What sites share, the SIREN and the legal entity, or a SIRET, tells none of them. */
    public Optional<DirectoryEntry> site(StructureId id) throws IOException {
        Optional<DirectoryEntry> named = register.find(EntryKey.of(Branch.STRUCTURES, id.nationalId()));
        if (named.isPresent() || !isOfOneSite(id)) {
            return named;
        }
        List<DirectoryEntry> sites = numbered(id, 2);
        return sites.size() == 1 ? Optional.of(sites.get(0)) : Optional.empty();
    }

    /** The numbers that mean the same site as this one: itself, and what that site has for its own. */
    public Set<StructureId> numbers(StructureId id) throws IOException {
        Set<StructureId> numbers = new LinkedHashSet<>(List.of(id));
        site(id).ifPresent(site -> {
            numbers.add(standing(site));
            numbers.addAll(ofItsOwn(site));
        });
        return numbers;
    }

    /** The numbers of a site, beside that which stands for it, that it shares with no other, or should not. */
    static Set<StructureId> ofItsOwn(DirectoryEntry site) {
        return site.values(Attribute.STRUCTURE_NUMBER).stream()
                .map(StructureId::ofNationalId)
                .filter(RegisterStructures::isOfOneSite)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a structure is in it: as a site, or as whom sites belong to. */
    public boolean hold(StructureId id) throws IOException {
        return register.find(EntryKey.of(Branch.STRUCTURES, id.nationalId())).isPresent()
                || !numbered(id, 1).isEmpty();
    }

    /** Whether a number beside that which stands for a site is of this site alone. */
    private static boolean isOfOneSite(StructureId id) {
        return switch (id.kind()) {
            case SIRET, CABINET_RPPS -> true;
            case FINESS, SIREN, CABINET_ADELI -> false;
        };
    }

    /** The structures that an entry names, each by the number that stands for it where it is one of the register. */
    public Set<StructureId> namedBy(DirectoryEntry entry) throws IOException {
        Set<StructureId> named = new LinkedHashSet<>();
        for (String number : entry.values(Attribute.STRUCTURE_ID)) {
            for (StructureId id : meant(possible(number, entry))) {
                named.add(standing(id));
            }
        }
        return named;
    }

    /** The structures that a mailbox without a holder tells of; none of any other entry. */
    static List<StructureId> toldBy(DirectoryEntry entry) {
        return entry.key().isIn(Branch.MAILBOXES)
                        && entry.values(Attribute.PERSON_ID).isEmpty()
                ? possible(entry)
                : List.of();
    }

    /** What an entry may mean by its numbers: it has them in one attribute, and their kinds in another. */
    static List<StructureId> possible(DirectoryEntry entry) {
        return entry.values(Attribute.STRUCTURE_ID).stream()
                .flatMap(number -> possible(number, entry).stream())
                .toList();
    }

    private static List<StructureId> possible(String number, DirectoryEntry entry) {
        return entry.values(Attribute.STRUCTURE_ID_TYPE).stream()
                .map(StructureId.Kind::valueOf)
                .filter(kind -> kind.fits(number))
                .map(kind -> new StructureId(kind, number))
                .toList();
    }

    /** The number that stands for a site, by any of its own; the same one where the register has no such site. */
    public StructureId standing(StructureId id) throws IOException {
        return site(id).map(RegisterStructures::standing).orElse(id);
    }

    private static StructureId standing(DirectoryEntry site) {
        return StructureId.ofNationalId(site.values(Attribute.UID).get(0));
    }

    /** Of several kinds that a number may be of, it is of those of which the register has a structure. */
    private List<StructureId> meant(List<StructureId> possible) throws IOException {
        List<StructureId> known = new ArrayList<>();
        if (possible.size() > 1) {
            for (StructureId id : possible) {
                if (hold(id)) {
                    known.add(id);
                }
            }
        }
        return known.isEmpty() ? possible.stream().limit(1).toList() : known;
    }

    private List<DirectoryEntry> numbered(StructureId id, int most) throws IOException {
        Question question = new Question(
                EntryKey.of(Branch.STRUCTURES),
                Scope.ONE_LEVEL,
                new Condition.Equal(Attribute.STRUCTURE_NUMBER, id.nationalId()),
                Audience.SERVICES);
        // one term: it takes no time
        return register.search(question, 0, most, Instant.MAX, Clock.systemUTC())
                .entries();
    }
}
