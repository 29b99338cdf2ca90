package org.mssante.launcher.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a service's process.
 *
 * @param pid of the living process; empty where there is none
 * @param readyAfter from the start of the process until it was ready; empty before
 * @param processorTime what the process has used of the processors so far, where the system tells
 * @param residentBytes resident memory, where the system tells
 */
public record ServiceState(
        ServiceKind kind,
        OptionalLong pid,
        Optional<Duration> readyAfter,
        Optional<Duration> processorTime,
        OptionalLong residentBytes) {
    /** Whether this very process wrote its ready file. */
    public boolean ready() {
        return readyAfter.isPresent();
    }

    public boolean alive() {
        return pid.isPresent();
    }
}
