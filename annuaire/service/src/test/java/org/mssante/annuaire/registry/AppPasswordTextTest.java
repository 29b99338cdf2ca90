package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppPasswordTextTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void isSixGroupsOfFourThatAreReadAgain() {
        AppPasswordText made = AppPasswordText.random(random);

        assertThat(made.text()).matches("[a-z2-7]{4}(-[a-z2-7]{4}){5}").startsWith(made.selector() + "-");
        assertThat(AppPasswordText.parse(made.text())).contains(made);
        assertThat(made.toString()).doesNotContain(made.secret());
    }

    @Test
    void isReadHoweverPeopleTypeIt() {
        AppPasswordText made = AppPasswordText.random(random);

        assertThat(AppPasswordText.parse(made.text().replace('-', ' '))).contains(made);
        assertThat(AppPasswordText.parse(made.text().replace("-", "").toUpperCase(Locale.ROOT)))
                .contains(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcd-abcd-abcd-abcd-abcd", "abcd-abcd-abcd-abcd-abcd-abc1", "mot de passe é"})
    void isNothingOfAnotherForm(String text) {
        assertThat(AppPasswordText.parse(text)).isEmpty();
    }

    @Test
    void noPasswordWeMakeForAPersonIsReadAsOne() {
        Secrets secrets = new Secrets(Path.of("unused"), random);

        assertThat(AppPasswordText.parse(secrets.random())).isEmpty();
    }
}
