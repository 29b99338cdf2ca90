package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant STEP_1 = Instant.ofEpochSecond(59);

    /** RFC 6238 appendix B, SHA1: the last six of its eight digits, since a code is the number modulo a power of ten. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130",
    })
    void givesTheCodesOfTheStandard(long time, String code) {
        assertThat(Totp.code(SECRET, time / Totp.STEP_SECONDS)).isEqualTo(code);
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(time))).contains(time / Totp.STEP_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
    void takesTheCodesOfOneStepBeforeAndOneBehind(int away, boolean taken) {
        long step = 1_000_000;
        Instant now = Instant.ofEpochSecond(step * Totp.STEP_SECONDS);

        assertThat(Totp.step(SECRET, Totp.code(SECRET, step + away), now).isPresent())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"287083", "87082", "94287082", "'287082 '", "''"})
    void takesNothingElse(String code) {
        assertThat(Totp.step(SECRET, code, STEP_1)).isEmpty();
    }

    @Test
    void anotherSecretHasOtherCodes() {
        assertThat(Totp.code("another secret of 20".getBytes(StandardCharsets.US_ASCII), 1))
                .isNotEqualTo(Totp.code(SECRET, 1));
    }
}
