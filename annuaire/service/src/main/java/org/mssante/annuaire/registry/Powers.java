package org.mssante.annuaire.registry;

import java.util.Set;
import org.mssante.core.id.StructureId;

/**
 * What a person was given to administer, all told.
 *
 * @param everything as an operator
 * @param structures whose mailboxes he administers
 */
public record Powers(boolean everything, Set<StructureId> structures) {
    /** What most people were given. */
    public static final Powers NONE = new Powers(false, Set.of());

    public Powers {
        structures = Set.copyOf(structures);
    }
}
