package org.mssante.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;

class CredentialsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr@demo.mssante.fr");
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet@demo.mssante.fr");

    @Test
    void readsAPersonsOwnLogIn() {
        assertThat(plain("\0dr@demo.mssante.fr\0se*cret é")).contains(new Credentials(PERSON, none(), "se*cret é"));
    }

    @Test
    void readsTheMailboxFromTheAuthorizationIdentityOrFromTheUserName() {
        Credentials forPractice = new Credentials(PERSON, Optional.of(PRACTICE), "x");

        assertThat(plain("cabinet@demo.mssante.fr\0dr@demo.mssante.fr\0x")).contains(forPractice);
        assertThat(plain("\0cabinet@demo.mssante.fr*dr@demo.mssante.fr\0x")).contains(forPractice);
        assertThat(plain("cabinet@demo.mssante.fr\0cabinet@demo.mssante.fr*dr@demo.mssante.fr\0x"))
                .contains(forPractice);
    }

    @Test
    void takesTheUserNameForTheAuthorizationIdentityAsWell() {
        String both = "cabinet@demo.mssante.fr*dr@demo.mssante.fr";
        Credentials forPractice = new Credentials(PERSON, Optional.of(PRACTICE), "x");

        assertThat(plain(both + "\0" + both + "\0x")).contains(forPractice);
        assertThat(plain(both + "\0dr@demo.mssante.fr\0x")).contains(forPractice);
        assertThat(plain("dr@demo.mssante.fr\0dr@demo.mssante.fr\0x"))
                .contains(new Credentials(PERSON, Optional.of(PERSON), "x"));
    }

    @Test
    void separatesAtTheAsteriskBehindADomainAsALocalPartMayHoldOne() {
        assertThat(Credentials.of("a*b@demo.mssante.fr", "x"))
                .contains(new Credentials(MailAddress.parse("a*b@demo.mssante.fr"), none(), "x"));
        assertThat(Credentials.of("cabinet@demo.mssante.fr*a*b@demo.mssante.fr", "x"))
                .contains(new Credentials(MailAddress.parse("a*b@demo.mssante.fr"), Optional.of(PRACTICE), "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dr@demo.mssante.fr",
                "dr\0x",
                "\0dr\0x",
                "\0a\0b\0c",
                "pas une adresse\0dr@demo.mssante.fr\0x",
                "autre@demo.mssante.fr\0cabinet@demo.mssante.fr*dr@demo.mssante.fr\0x",
                "autre@demo.mssante.fr*dr@demo.mssante.fr\0cabinet@demo.mssante.fr*dr@demo.mssante.fr\0x",
                "cabinet@demo.mssante.fr*autre@demo.mssante.fr\0cabinet@demo.mssante.fr*dr@demo.mssante.fr\0x",
                "cabinet@demo.mssante.fr*autre@demo.mssante.fr\0dr@demo.mssante.fr\0x"
            })
    void refusesAnyOtherForm(String message) {
        assertThat(plain(message)).isEmpty();
    }

    @Test
    void takesAMessageWithoutAuthorizationIdentityAndItsNul() {
        assertThat(plain("dr@demo.mssante.fr\0x")).contains(new Credentials(PERSON, none(), "x"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(Credentials.ofPlain(new byte[] {0, (byte) 0xff, 0, 'x'})).isEmpty();
    }

    @Test
    void keepsThePasswordOutOfLogs() {
        assertThat(plain("\0dr@demo.mssante.fr\0secret").orElseThrow().toString())
                .doesNotContain("secret");
    }

    private static Optional<Credentials> plain(String message) {
        return Credentials.ofPlain(message.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<MailAddress> none() {
        return Optional.empty();
    }
}
