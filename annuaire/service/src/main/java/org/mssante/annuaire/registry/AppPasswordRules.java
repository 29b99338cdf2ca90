package org.mssante.annuaire.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The operator's policy.
 *
 * @param most app passwords of one mailbox
 * @param life how long one counts; zero: until it is removed
 */
public record AppPasswordRules(int most, Duration life) {
    Optional<Instant> end(Instant made) {
        return life.isZero() ? Optional.empty() : Optional.of(made.plus(life));
    }
}
