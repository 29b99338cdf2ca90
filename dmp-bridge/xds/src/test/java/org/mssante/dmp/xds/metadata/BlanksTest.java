package org.mssante.dmp.xds.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlanksTest {
    @ParameterizedTest
    @ValueSource(strings = {"a b", " a b", "a b ", "a  b", "\ta\n\r\n b\f", "a\u000Bb"})
    void runsOfBlanksCountAsOneAndThoseAtTheEndsNot(String text) {
        assertThat(Blanks.single(text)).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void nothingRemainsOfBlanksAlone(String text) {
        assertThat(Blanks.single(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00A0b", "\u2003a", "a\u0008b", "a\u000Eb", "\u001Fa", "a\u0085"})
    void otherCharactersStayAsTheyAre(String text) {
        assertThat(Blanks.single(text)).isEqualTo(text);
    }
}
