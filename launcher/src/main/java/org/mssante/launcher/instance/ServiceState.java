package org.mssante.launcher.instance;

import java.util.OptionalLong;

/**
 * What is known of a service's process.
 *
 * @param pid of the living process; empty where there is none
 * @param ready whether this very process wrote its ready file
 * @param residentBytes resident memory, where the system tells
 */
public record ServiceState(ServiceKind kind, OptionalLong pid, boolean ready, OptionalLong residentBytes) {
    public boolean alive() {
        return pid.isPresent();
    }
}
