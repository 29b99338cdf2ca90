package org.mssante.dmp.bridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The instance that works on the ledger.
 *
 * @param name under which it claims work, the same after a restart and no other instance's
 * @param lease after which work claimed and never given back is free for anybody; longer than any piece of work takes
 */
public record Worker(String name, Duration lease, Clock clock) {

    Instant now() {
        return clock.instant();
    }

    OffsetDateTime time() {
        return now().atOffset(ZoneOffset.UTC);
    }

    /** Claims from before this moment have ended. */
    OffsetDateTime leaseEnd() {
        return now().minus(lease).atOffset(ZoneOffset.UTC);
    }
}
