package org.mssante.annuaire.registry;

import java.time.Instant;
import org.mssante.core.id.MailAddress;

/**
 * A mailbox whose holder or structure the register does not hold any more.
 *
 * @param since when an edition said so first
 */
public record RegisterFlag(MailAddress address, FlagMotive motive, Instant since) {}
