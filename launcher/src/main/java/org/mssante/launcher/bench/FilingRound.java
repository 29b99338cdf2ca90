package org.mssante.launcher.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mssante.launcher.instance.ServiceKind;

/**
 * What one round of filing showed.
 *
 * @param loadBefore the machine's load average of the last minute as the round began, negative where it does not tell
 * @param handedIn documents in mails the bridge answered 250 to
 * @param octets of those mails
 * @param filed documents in the DMP
 * @param repeated documents the trace says twice were filed
 * @param refused documents that ended otherwise
 * @param postponed attempts that ended in waiting
 * @param filing from the first command to the last document filed
 * @param inTheDmp from MAIL FROM to filed
 * @param answered from MAIL FROM to 250
 * @param generatorCpu share of the machine's processors that the generator took, 0 to 1
 * @param processor time each service took during the round
 * @param memory in the order it was looked at
 */
public record FilingRound(
        double loadBefore,
        int handedIn,
        long octets,
        int filed,
        int repeated,
        int refused,
        int postponed,
        Duration filing,
        Percentiles inTheDmp,
        Percentiles answered,
        double generatorCpu,
        Map<ServiceKind, Duration> processor,
        List<Memory> memory) {
    public FilingRound {
        processor = Map.copyOf(processor);
        memory = List.copyOf(memory);
    }

    /**
     * Resident memory at one moment.
     *
     * @param filed documents by then
     * @param octets of each service
     */
    public record Memory(int filed, Map<ServiceKind, Long> octets) {
        public Memory {
            octets = Map.copyOf(octets);
        }
    }

    public double filedPerSecond() {
        return filing.isZero() ? 0 : filed / (filing.toNanos() / 1e9);
    }

    /** Whether every document handed in was filed, once. */
    public boolean exact() {
        return filed == handedIn && repeated == 0 && refused == 0;
    }
}
