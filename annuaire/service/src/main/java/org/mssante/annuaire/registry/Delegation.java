package org.mssante.annuaire.registry;

import java.time.Instant;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/**
 * What a person was given to administer.
 *
 * @param person his own mailbox, of type PER
 * @param structure whose mailboxes he administers; empty for all mailboxes, as an operator
 * @param note who gave it, and why
 */
public record Delegation(MailAddress person, Optional<StructureId> structure, Instant since, ChangeNote note) {}
