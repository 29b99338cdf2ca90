package org.mssante.server.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopHeadersTest {
    private static final String REST =
            "From: a@b.fr\r\nSubject: é\r\n  folded \r\n\r\nbody\r\nAuthentication-Results: us.fr; x\r\n";

    private final TopHeaders headers = new TopHeaders("us.fr");

    @Test
    void putsLinesOnTopAndLeavesEveryOtherOctetAlone() throws IOException {
        assertThat(on(REST, List.of("A: 1", "B: 2"))).isEqualTo("A: 1\r\nB: 2\r\n" + REST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication-Results: us.fr; smime=pass\r\n",
                "authentication-results:US.FR;smime=pass\r\n",
                "Authentication-Results: (a comment) us.fr; smime=pass\r\n",
                "Authentication-Results: (a (nested\\) comment) here) us.fr; smime=pass\r\n",
                "Authentication-Results: \"us.fr\"; smime=pass\r\n",
                "Authentication-Results:\r\n\tus.fr;\r\n\tsmime=pass\r\n",
                "Authentication-Results : us.fr; smime=pass\r\n",
                "Authentication-Results: us.fr 1; smime=pass\r\n",
            })
    void takesOutAResultThatClaimsToBeOurs(String forged) throws IOException {
        assertThat(on("X: 1\r\n" + forged + REST, List.of())).isEqualTo("X: 1\r\n" + REST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication-Results: them.fr; smime=pass (us.fr)\r\n",
                "Authentication-Results: not-us.fr; smime=pass\r\n",
                "X-Authentication-Results: us.fr; smime=pass\r\n",
                "Subject: Authentication-Results: us.fr\r\n",
            })
    void leavesTheResultsOfOthers(String line) throws IOException {
        assertThat(on(line + REST, List.of())).isEqualTo(line + REST);
    }

    @Test
    void copesWithAMessageThatIsAllHeaderOrEmpty() throws IOException {
        assertThat(on("From: a@b.fr", List.of("A: 1"))).isEqualTo("A: 1\r\nFrom: a@b.fr");
        assertThat(on("", List.of("A: 1"))).isEqualTo("A: 1\r\n");
    }

    @Test
    void takesAHeaderHoweverLongItIsSinceItWasAccepted() throws IOException {
        String longest = "X: " + "x".repeat(2 * 1024 * 1024) + "\r\n\r\nbody";

        assertThat(on(longest, List.of("A: 1"))).isEqualTo("A: 1\r\n" + longest);
    }

    private String on(String message, List<String> lines) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        return new String(
                headers.on(new ByteArrayInputStream(bytes), lines).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
