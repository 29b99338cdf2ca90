package org.mssante.annuaire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguageTest {
    @Test
    void takesATagInWhateverCase() {
        assertThat(Language.parse("EN")).isEqualTo(new Language("en"));
        assertThat(Language.parse("gsw").tag()).isEqualTo("gsw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f", "fr-FR", "fr_FR", "fren", "f1", "fr ", "İn", "french"})
    void refusesWhatIsNoPrimaryTag(String text) {
        assertThatThrownBy(() -> Language.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a language is a primary tag of BCP 47 such as fr or en");
    }

    /** Other directories may hold all of Accept-Language's grammar there (RFC 2798 §2.7). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr                    | fr
            en-GB                 | en
            fr-FR, en;q=0.8       | fr
            fr;q=0.3, en-US;q=0.9 | en
            *, de;q=0.5           | de
            """)
    void readsTheMostWantedOfADirectorysLanguages(String ranges, String tag) {
        assertThat(Language.wanted(ranges)).contains(new Language(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "français", "en;q=viel", "x-klingon", ",", "1"})
    void takesWhatItCannotReadForNone(String ranges) {
        assertThat(Language.wanted(ranges)).isEmpty();
    }
}
