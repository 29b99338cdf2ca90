package org.mssante.annuaire.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * The second factor of a mailbox.
 *
 * @param made when its secret was given out
 * @param confirmed when its first code was right: from then on it counts; empty while its holder has not entered one
 */
public record SecondFactor(Instant made, Optional<Instant> confirmed) {
    public boolean isOn() {
        return confirmed.isPresent();
    }
}
