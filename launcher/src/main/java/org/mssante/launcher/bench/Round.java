package org.mssante.launcher.bench;

import java.time.Duration;

/**
 * What one round of load showed.
 *
 * @param target its name
 * @param loadBefore the machine's load average of the last minute as the round began, negative where it does not tell
 * @param inboxMessages held by the watched inboxes as the round began
 * @param accepted messages the server answered 250 to
 * @param sending from the first command to the last 250
 * @param copies one for each recipient of each accepted message
 * @param missing copies that did not become visible in time
 * @param repeated copies that became visible more than once
 * @param delivering from the first command to the last copy visible
 * @param visible from MAIL FROM to visible in IMAP
 * @param answered from MAIL FROM to 250
 * @param generatorCpu share of the machine's processors that the generator took, 0 to 1
 */
public record Round(
        String target,
        double loadBefore,
        long inboxMessages,
        int accepted,
        Duration sending,
        int copies,
        int missing,
        int repeated,
        Duration delivering,
        Percentiles visible,
        Percentiles answered,
        double generatorCpu) {

    public double acceptedPerSecond() {
        return perSecond(accepted, sending);
    }

    /** Copies visible in IMAP. */
    public double deliveredPerSecond() {
        return perSecond(copies - missing, delivering);
    }

    private static double perSecond(int count, Duration time) {
        return time.isZero() ? 0 : count / (time.toNanos() / 1e9);
    }
}
