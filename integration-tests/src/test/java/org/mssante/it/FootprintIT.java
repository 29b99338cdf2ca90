package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.instance.ServiceState;

/**
 * What a start costs and what idle services hold. The bound of a start, 20 s a service, is held against processor time:
 * on a machine that others load too, a clock measures them. The time by the clock is printed, by {@code status} as well.
 */
@Timeout(600)
class FootprintIT {
    private static final Duration START = Duration.ofSeconds(20);
    private static final long RESIDENT = 1_500_000_000L;
    private static final Duration IDLE = Duration.ofSeconds(20);

    @BeforeAll
    static void tellTheLauncherWhatIsBuilt() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
    }

    @Test
    void everyServiceIsReadyInTwentySecondsAndAllTogetherStayBelowOneAndAHalfGigabytes() {
        try (TestInstance instance = TestInstance.prepare("footprint").up()) {
            List<ServiceState> started = states(instance);
            Awaitility.await("idle services stay below the bound")
                    .during(IDLE)
                    .atMost(TestInstance.PATIENCE)
                    .untilAsserted(() -> assertThat(resident(states(instance))).isBetween(1L, RESIDENT));
            Program.Result status = MssanteCommand.on(instance, "status");
            System.out.println("FootprintIT:\n" + status.out());
            assertThat(status.exitCode()).as(status.all()).isZero();
            assertThat(status.out()).contains("READY AFTER");
            assertThat(started).allSatisfy(state -> {
                assertThat(state.ready()).as("%s is ready", state.kind()).isTrue();
                assertThat(state.processorTime()).hasValueSatisfying(time -> {
                    System.out.println(
                            "FootprintIT: " + state.kind().folder() + " used " + time + " of the processors");
                    assertThat(time).isBetween(Duration.ofMillis(1), START);
                });
            });
        }
    }

    private static List<ServiceState> states(TestInstance instance) {
        List<ServiceState> states = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            states.add(new ServiceRunner(instance.instance(), kind).state());
        }
        return states;
    }

    /** Octets, of all services together; one that does not tell fails. */
    private static long resident(List<ServiceState> states) {
        return states.stream()
                .mapToLong(state -> state.residentBytes().orElseThrow())
                .sum();
    }
}
