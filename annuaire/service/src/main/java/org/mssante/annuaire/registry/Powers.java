package org.mssante.annuaire.registry;

import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.StructureId;

/**
 * What a person was given to administer, all told.
 *
 * @param everything as an operator
 * @param structures whose mailboxes he administers
 * @param own his own mailbox, which is a member of others; empty for who is no person of ours
 */
public record Powers(boolean everything, Set<StructureId> structures, Optional<Mailbox> own) {
    /** Of who is no person of ours. */
    public static final Powers NONE = new Powers(false, Set.of(), Optional.empty());

    public Powers {
        structures = Set.copyOf(structures);
    }
}
