package org.mssante.server.delivery;

import java.time.Duration;

/**
 * How much one delivery does at a time.
 *
 * @param workers messages in hand at once
 * @param perDestination of them for one destination, so that a slow one never takes all workers
 * @param crowded how long a message waits in the queue when its destination has no place free
 * @param hold how long an unreachable destination is left alone
 */
public record DeliveryLimits(int workers, int perDestination, Duration crowded, Duration hold) {

    public DeliveryLimits {
        if (workers < 1 || perDestination < 1 || perDestination > workers) {
            throw new IllegalArgumentException(
                    "a delivery has at least one worker, and no more a destination than in all");
        }
    }
}
