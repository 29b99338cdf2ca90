package org.mssante.core.lockout;

import java.time.Duration;
import java.util.Set;

/**
 * How guessing of passwords is slowed down.
 *
 * @param account what may fail for one name
 * @param address what may fail from one address, behind which many people may sit
 * @param firstDelay doubles with every further failure
 * @param exemptAddresses front ends that log in for many people, such as our own mail server: they slow down their
 *     clients themselves
 * @param entries accounts and addresses remembered at most
 */
public record LockoutRules(
        Allowance account,
        Allowance address,
        Duration firstDelay,
        Duration longestDelay,
        Set<String> exemptAddresses,
        int entries) {
    public LockoutRules {
        exemptAddresses = Set.copyOf(exemptAddresses);
    }
}
