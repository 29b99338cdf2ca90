package org.mssante.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mssante.core.health.Alarm;

/** The page an operator looks codes up in is the two catalogues, line by line. */
class CodesPageTest {

    @Test
    void theCodesPageHoldsEveryOutcomeAndEveryAlarmAndNothingElse() throws IOException {
        Path page = Path.of(System.getProperty("mssante.home"), "docs", "codes.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| MSS-"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Stream.concat(
                                Arrays.stream(Outcome.values()).map(CodesPageTest::row),
                                Arrays.stream(Alarm.values()).map(CodesPageTest::row))
                        .toList());
    }

    private static String row(Alarm alarm) {
        String level = alarm.level().name().toLowerCase(Locale.ROOT);
        return "| " + String.join(" | ", alarm.code(), level, alarm.english(), alarm.french()) + " |";
    }

    private static String row(Outcome outcome) {
        String smtp = outcome.smtpReply()
                .map(reply -> reply + " " + outcome.enhancedStatus().orElse(""))
                .orElse("");
        String mdn = outcome.applicationCode().map(String::valueOf).orElse("");
        return "| " + String.join(" | ", outcome.code(), smtp, mdn, outcome.english(), outcome.french()) + " |";
    }
}
