package org.mssante.server.admin;

import java.time.Duration;
import org.mssante.core.settings.Settings;

/**
 * When an operator is warned.
 *
 * @param trustListAge of the trust list in force
 * @param revocationRemaining before a revocation list expires
 * @param certificateRemaining before a certificate of ours expires
 * @param queueAge of the oldest mail in a queue
 * @param diskFreeMegabytes left on the run folder's disk
 */
public record HealthSettings(
        Duration trustListAge,
        Duration revocationRemaining,
        Duration certificateRemaining,
        Duration queueAge,
        int diskFreeMegabytes) {

    /**
     * Keys: {@code health.trust-list.age}, {@code health.revocation-list.remaining}, {@code health.certificate.remaining},
     * {@code health.queue.age}, {@code health.disk.free.megabytes}.
     */
    public static HealthSettings from(Settings settings) {
        return new HealthSettings(
                settings.duration("health.trust-list.age"),
                settings.duration("health.revocation-list.remaining"),
                settings.duration("health.certificate.remaining"),
                settings.duration("health.queue.age"),
                settings.number("health.disk.free.megabytes", 0, Integer.MAX_VALUE));
    }
}
