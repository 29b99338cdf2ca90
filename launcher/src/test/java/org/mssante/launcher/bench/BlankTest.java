package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlankTest {
    @Test
    void everyGapIsFilledAndTheTextBetweenStays() {
        Blank blank = new Blank("<id root=\"${id}\"/> né ${id}${set}.");

        assertThat(new String(blank.filled(Map.of("id", "1", "set", "2")), StandardCharsets.UTF_8))
                .isEqualTo("<id root=\"1\"/> né 12.");
        assertThat(new String(blank.filled(Map.of("id", "3", "set", "4")), StandardCharsets.UTF_8))
                .isEqualTo("<id root=\"3\"/> né 34.");
    }

    @Test
    void aTextWithoutGapsIsItself() {
        assertThat(new Blank("$ { id }").filled(Map.of()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("$ { id }");
    }
}
