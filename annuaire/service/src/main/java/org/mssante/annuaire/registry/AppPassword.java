package org.mssante.annuaire.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is known of an app password, beside what only its mail client knows.
 *
 * @param name its holder's word for the client, unique in the mailbox
 * @param usedOn the day (UTC) it last let somebody in
 * @param ends when it counts no longer
 */
public record AppPassword(String name, Instant made, Optional<LocalDate> usedOn, Optional<Instant> ends) {}
