package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void percentilesAreTheNearestRank() {
        Percentiles of200 =
                Percentiles.of(LongStream.rangeClosed(1, 200).boxed().toList());

        assertThat(of200.p50()).isEqualTo(Duration.ofNanos(100));
        assertThat(of200.p99()).isEqualTo(Duration.ofNanos(198));
    }

    @Test
    void ofOneTimeEachPercentileIsThatTime() {
        assertThat(Percentiles.of(List.of(7L))).isEqualTo(new Percentiles(Duration.ofNanos(7), Duration.ofNanos(7)));
    }

    @Test
    void ofNothingTheyAreZero() {
        assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(Duration.ZERO, Duration.ZERO));
    }
}
