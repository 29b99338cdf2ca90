package org.mssante.annuaire.lifecycle;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.RegisterStructures;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.FlagMotive;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * Judges mailboxes by one edition of the register. A professional who is not in it has left it: it holds all of them. A
 * structure is in it as long as somebody works there, whichever of its numbers it is named by, so only one that it held before can
 * have left it.
 */
final class Standings {
    private static final Standing SOUND = new Standing.Sound();
    private static final Standing UNKNOWN = new Standing.Unknown();
    private static final Standing STRUCTURE_LEFT = new Standing.Lost(FlagMotive.STRUCTURE_LEFT);

    private final Snapshot register;
    private final RegisterStructures held;
    private final Set<StructureId> known;
    private final Set<StructureId> seen = new HashSet<>();
    private final boolean professionals;
    private final boolean structures;

    /** @param known structures that an edition has shown before */
    Standings(Snapshot register, Set<StructureId> known) throws IOException {
        this.register = register;
        this.held = new RegisterStructures(register);
        this.known = known;
        this.professionals = register.count(Branch.PROFESSIONALS) > 0;
        this.structures = register.count(Branch.STRUCTURES) > 0;
    }

    Standing of(Mailbox mailbox) throws IOException {
        return switch (mailbox.type()) {
            case PER, CAB -> holder(mailbox.holder().orElseThrow());
            case ORG, APP -> structure(mailbox.structure().orElseThrow());
        };
    }

    /** Structures this edition shows that were not known before. */
    Set<StructureId> newlySeen() {
        return Set.copyOf(seen);
    }

    private Standing holder(Rpps holder) throws IOException {
        if (!professionals) {
            return UNKNOWN;
        }
        Optional<DirectoryEntry> person = register.find(EntryKey.of(Branch.PROFESSIONALS, holder.nationalId()));
        if (person.isEmpty()) {
            return new Standing.Lost(FlagMotive.HOLDER_LEFT);
        }
        return person.get().values(Attribute.ACTIVE).contains("TRUE")
                ? SOUND
                : new Standing.Lost(FlagMotive.HOLDER_INACTIVE);
    }

    private Standing structure(StructureId structure) throws IOException {
        if (!structures) {
            return UNKNOWN;
        }
        if (held.hold(structure)) {
            if (!known.contains(structure)) {
                seen.add(structure);
            }
            return SOUND;
        }
        return known.contains(structure) ? STRUCTURE_LEFT : UNKNOWN;
    }
}
