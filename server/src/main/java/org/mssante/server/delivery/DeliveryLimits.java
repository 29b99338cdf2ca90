package org.mssante.server.delivery;

import java.time.Duration;

/**
 * How much one delivery does at a time.
 *
 * @param workers messages in hand at once
 * @param perSite of them for one site ({@link HandOver#siteOf}), so that a slow one never takes all workers
 * @param crowded how long a message waits in the queue when its site has no place free
 * @param hold how long an unreachable site is left alone
 */
public record DeliveryLimits(int workers, int perSite, Duration crowded, Duration hold) {

    public DeliveryLimits {
        if (workers < 1 || perSite < 1 || perSite > workers) {
            throw new IllegalArgumentException("a delivery has at least one worker, and no more a site than in all");
        }
    }
}
