package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.mssante.core.outcome.Outcome;

/** What holds of every input, however it came about: it ends, soon, with results that say what became of it. */
public final class FuzzBounds {
    /** Of the processor, not of the clock: a busy machine is no hang. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private FuzzBounds() {}

    /** Runs it, and fails where it takes longer than a second; the first time, which loads classes, does not count. */
    public static <T> T soon(Supplier<T> work) {
        long begin = THREADS.getCurrentThreadCpuTime();
        T result = work.get();
        if (since(begin).compareTo(LONGEST) > 0) {
            long again = THREADS.getCurrentThreadCpuTime();
            result = work.get();
            assertThat(since(again)).isLessThan(LONGEST);
        }
        return result;
    }

    private static Duration since(long cpuTime) {
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpuTime);
    }

    /** A document that was put in is among the results, or something is refused or noted with a code: not all is passed over. */
    static void assertAnswered(List<Extracted> results) {
        assertCoded(results);
        assertThat(results).anyMatch(result -> !(result instanceof Extracted.Ignored));
    }

    /** Nothing silent, nothing without a code. */
    static void assertCoded(List<Extracted> results) {
        assertThat(results).isNotEmpty().allSatisfy(result -> {
            if (result instanceof Extracted.Refused refused) {
                assertThat(refused.outcome().verdict()).isEqualTo(Outcome.Verdict.REFUSED);
                assertThat(refused.outcome().applicationCode()).isPresent();
                assertThat(refused.detail()).isNotBlank();
            } else if (result instanceof Extracted.Noted noted) {
                assertThat(noted.outcome()).isEqualTo(Outcome.PART_NOT_OPENED);
                assertThat(noted.detail()).isNotBlank();
            } else if (result instanceof Extracted.Ignored ignored) {
                assertThat(ignored.what()).isNotBlank();
            }
        });
    }
}
