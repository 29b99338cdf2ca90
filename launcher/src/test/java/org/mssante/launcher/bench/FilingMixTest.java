package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.launcher.CommandFailure;

class FilingMixTest {
    private static final FilingMix.Share SMALL = new FilingMix.Share(30, 3);
    private static final FilingMix.Share LARGE = new FilingMix.Share(3000, 1);

    @Test
    void sharesAreReadWithTheirWeights() {
        assertThat(FilingMix.parse("30:3, 3000")).isEqualTo(new FilingMix(List.of(SMALL, LARGE)));
    }

    @Test
    void aTurnHasEachShareAsOftenAsItWeighsInTheSameOrderEachTime() {
        FilingMix mix = new FilingMix(List.of(SMALL, LARGE));

        assertThat(mix.turn()).containsExactlyInAnyOrder(SMALL, SMALL, SMALL, LARGE);
        assertThat(mix.turn()).isEqualTo(mix.turn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30:", "30:0", "-1:2", "much", "30:1,"})
    void whatIsNoMixIsRefusedInWords(String text) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> FilingMix.parse(text))
                .withMessageContaining("KB:WEIGHT");
    }
}
