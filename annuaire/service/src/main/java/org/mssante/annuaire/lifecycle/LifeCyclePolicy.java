package org.mssante.annuaire.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mssante.annuaire.registry.RegisterFlag;

/**
 * What becomes of a flagged mailbox. Suspension is a recommendation since version 1.3.1 of the Référentiel #1 (mssante.md
 * §1.2), so the default is to warn only.
 *
 * @param suspends whether a mailbox that stays flagged is suspended
 * @param delay from the flag on
 */
public record LifeCyclePolicy(boolean suspends, Duration delay) {
    /** When a flagged mailbox is suspended; empty where the policy only warns. */
    public Optional<Instant> suspension(RegisterFlag flag) {
        return suspension(flag.since());
    }

    Optional<Instant> suspension(Instant since) {
        return suspends ? Optional.of(since.plus(delay)) : Optional.empty();
    }
}
