package org.mssante.server.spool;

import java.time.Duration;
import java.util.List;

/**
 * How the spool works.
 *
 * @param workers messages in hand at once
 * @param retries the waits after the first, second, … failure; after the last one the message goes to quarantine
 */
public record SpoolLimits(int workers, List<Duration> retries) {
    public SpoolLimits {
        retries = List.copyOf(retries);
    }
}
