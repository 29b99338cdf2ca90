package org.mssante.server.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a NOOP | 0",
                "a FETCH 1 (FLAGS) (UID) | 1",
                "a SEARCH ((ALL)) | 2",
                "a SEARCH NOT NOT ALL | 2",
                "a SEARCH or from x not to y | 2",
                "a SEARCH (OR (NOT SEEN) ANSWERED) | 4",
                "a SEARCH SUBJECT \"((( NOT \\\" ((\" | 0",
                "a SEARCH SUBJECT notable ORAL | 0"
            })
    void boundsWhatAParserMayHaveToKeepInMind(String line, int nesting) {
        assertThat(Nesting.of(line + "\r\n")).isEqualTo(nesting);
    }
}
