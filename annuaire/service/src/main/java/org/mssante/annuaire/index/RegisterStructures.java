package org.mssante.annuaire.index;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Whether a structure is in it: as a site, or as whom sites belong to. */
    public boolean hold(StructureId id) throws IOException {
        return register.find(EntryKey.of(Branch.STRUCTURES, id.nationalId())).isPresent()
                || !numbered(id, 1).isEmpty();
    }

    /** Whether a number beside that which stands for a site is of this site alone. */
    public static boolean isOfOneSite(StructureId id) {
        return switch (id.kind()) {
            case SIRET, CABINET_RPPS -> true;
            case FINESS, SIREN, CABINET_ADELI -> false;
        };
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
