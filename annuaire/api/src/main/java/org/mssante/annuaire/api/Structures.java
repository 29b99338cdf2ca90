package org.mssante.annuaire.api;

import org.mssante.core.id.StructureId;

/** What the register says of structures. Thread-safe; does not throw for an absent directory. */
@FunctionalInterface
public interface Structures {
    /** The name of a structure; of a site by each of its numbers, of one of them by that of whom they belong to: SIREN, or FINESS of a legal entity. */
    Lookup<String> structureName(StructureId structure);
}
