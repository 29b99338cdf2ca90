package org.mssante.annuaire.index;

import org.mssante.core.id.StructureId;

/** Structures as the register has them, by nothing but their numbers. */
final class StructureEntries {
    private StructureEntries() {}

    /** @param id the number that stands for it, of those it has */
    static DirectoryEntry structure(StructureId id, StructureId... others) {
        DirectoryEntry.Builder entry = DirectoryEntry.at(
                        EntryKey.of(Branch.STRUCTURES, id.nationalId()), Audience.PROFESSIONALS)
                .with(Attribute.UID, id.nationalId())
                .with(Attribute.STRUCTURE_NUMBER, id.nationalId());
        for (StructureId other : others) {
            entry.with(Attribute.STRUCTURE_NUMBER, other.nationalId());
        }
        return entry.build();
    }
}
