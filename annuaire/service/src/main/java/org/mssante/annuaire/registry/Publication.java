package org.mssante.annuaire.registry;

import java.util.Set;
import org.mssante.core.id.MailAddress;

/**
 * One of our addresses as the register publishes it, all its lines together.
 *
 * @param holders RPPS numbers
 * @param structures numbers of structures, without the digit of their kind
 */
public record Publication(MailAddress address, Set<String> holders, Set<String> structures) {
    public Publication {
        holders = Set.copyOf(holders);
        structures = Set.copyOf(structures);
    }
}
