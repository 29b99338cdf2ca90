package org.mssante.annuaire.api;

import org.mssante.core.id.StructureId;

/** What the register says of structures. Thread-safe; does not throw for an absent directory. */
@FunctionalInterface
public interface Structures {
    /** The name of a structure; a FINESS number may be that of a site or of the legal entity sites belong to. */
    Lookup<String> structureName(StructureId structure);
}
