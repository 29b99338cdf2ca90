package org.mssante.annuaire.registry;

import java.time.Instant;
import org.mssante.core.id.MailAddress;

/** One line of a mailbox's history; {@code what} names the properties that changed with their new values. */
public record Change(MailAddress address, Instant time, ChangeNote note, String what) {}
