package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Load LOAD = new Load(20_000, 8, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));

    @Test
    void ratioIsTheFirstServerOverTheLastOfTheSameTurn() {
        Comparison comparison = new Comparison(
                LOAD,
                Entry.TLS,
                List.of("a", "b"),
                List.of(
                        round("a", 100),
                        round("b", 50),
                        round("a", 90),
                        round("b", 90),
                        round("a", 60),
                        round("b", 120)));

        assertThat(comparison.ratios()).containsExactly(2.0, 1.0, 0.5);
        assertThat(comparison.medianRatio()).hasValue(1.0);
        assertThat(comparison.medianDelivered("b")).hasValue(90);
    }

    @Test
    void oneServerAloneHasNoRatio() {
        Comparison comparison = new Comparison(LOAD, Entry.TLS, List.of("a"), List.of(round("a", 100)));

        assertThat(comparison.ratios()).isEmpty();
        assertThat(comparison.medianRatio()).isEmpty();
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Comparison.median(List.of(4.0, 1.0, 3.0, 100.0))).hasValue(3.5);
    }

    @Test
    void whatIsMissingIsNotDelivered() {
        assertThat(round("a", 100, 40).deliveredPerSecond()).isEqualTo(60);
    }

    private static Round round(String target, int perSecond) {
        return round(target, perSecond, 0);
    }

    private static Round round(String target, int copies, int missing) {
        Percentiles none = Percentiles.of(List.of());
        return new Round(
                target, 0, 0, copies, Duration.ofSeconds(1), copies, missing, 0, Duration.ofSeconds(1), none, none, 0);
    }
}
