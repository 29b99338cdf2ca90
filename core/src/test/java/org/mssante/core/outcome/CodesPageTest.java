package org.mssante.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page an operator looks codes up in is the catalogue, line by line. */
class CodesPageTest {

    @Test
    void theCodesPageHoldsEveryOutcomeAndNothingElse() throws IOException {
        Path page = Path.of(System.getProperty("mssante.home"), "docs", "codes.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| MSS-"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Outcome.values()).map(CodesPageTest::row).toList());
    }

    private static String row(Outcome outcome) {
        String smtp = outcome.smtpReply()
                .map(reply -> reply + " " + outcome.enhancedStatus().orElse(""))
                .orElse("");
        String mdn = outcome.applicationCode().map(String::valueOf).orElse("");
        return "| " + String.join(" | ", outcome.code(), smtp, mdn, outcome.english(), outcome.french()) + " |";
    }
}
