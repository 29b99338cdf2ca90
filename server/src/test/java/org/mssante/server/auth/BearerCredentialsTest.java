package org.mssante.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;

class BearerCredentialsTest {
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet@demo.mssante.fr");
    private static final String TOKEN = "eyJhbGciOi.J9_x-y~z+/.a==";

    @Test
    void xoauth2NamesTheMailboxAndCarriesTheToken() {
        assertThat(BearerMechanism.XOAUTH2.read(octets("user=cabinet@demo.mssante.fr\1auth=Bearer " + TOKEN + "\1\1")))
                .contains(new BearerCredentials(Optional.of(PRACTICE), Optional.empty(), TOKEN));
    }

    @Test
    void oauthbearerNamesItInTheHeaderOfGs2() {
        assertThat(BearerMechanism.OAUTHBEARER.read(octets("n,a=cabinet@demo.mssante.fr,\1host=smtp.demo.mssante.fr\1"
                        + "port=587\1auth=bearer " + TOKEN + "\1\1")))
                .contains(new BearerCredentials(Optional.of(PRACTICE), Optional.empty(), TOKEN));
    }

    @Test
    void theMailboxMayComeWithThePersonAsInAUserName() {
        BearerCredentials both = new BearerCredentials(
                Optional.of(PRACTICE), Optional.of(MailAddress.parse("dr@demo.mssante.fr")), TOKEN);
        assertThat(BearerMechanism.XOAUTH2.read(
                        octets("user=cabinet@demo.mssante.fr*dr@demo.mssante.fr\1auth=Bearer " + TOKEN + "\1\1")))
                .contains(both);
        assertThat(BearerMechanism.OAUTHBEARER.read(
                        octets("n,a=cabinet@demo.mssante.fr*dr@demo.mssante.fr,\1auth=Bearer " + TOKEN + "\1\1")))
                .contains(both);
    }

    @Test
    void withoutANameItIsForTheOwnMailbox() {
        BearerCredentials own = new BearerCredentials(Optional.empty(), Optional.empty(), TOKEN);
        assertThat(BearerMechanism.OAUTHBEARER.read(octets("n,,\1auth=Bearer " + TOKEN + "\1\1")))
                .contains(own);
        assertThat(BearerMechanism.XOAUTH2.read(octets("user=\1auth=Bearer " + TOKEN + "\1\1")))
                .contains(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user=cabinet@demo.mssante.fr",
                "user=cabinet@demo.mssante.fr\1auth=Basic abc\1\1",
                "user=cabinet@demo.mssante.fr\1auth=Bearer \1\1",
                "user=cabinet@demo.mssante.fr\1auth=Bearer a b\1\1",
                "user=no address\1auth=Bearer abc\1\1",
                "n,a=cabinet@demo.mssante.fr,\1auth=Bearer abc\1\1"
            })
    void whatIsNoXoauth2IsNotRead(String message) {
        assertThat(BearerMechanism.XOAUTH2.read(octets(message))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p=tls-exporter,a=cabinet@demo.mssante.fr,\1auth=Bearer abc\1\1",
                "n,cabinet@demo.mssante.fr,\1auth=Bearer abc\1\1",
                "n,a=cabinet@demo.mssante.fr,",
                "user=cabinet@demo.mssante.fr\1auth=Bearer abc\1\1"
            })
    void whatIsNoOauthbearerIsNotRead(String message) {
        assertThat(BearerMechanism.OAUTHBEARER.read(octets(message))).isEmpty();
    }

    @Test
    void octetsThatAreNoUtf8AreNotRead() {
        assertThat(BearerMechanism.XOAUTH2.read(new byte[] {(byte) 0xff, 1})).isEmpty();
    }

    @Test
    void theTokenStaysOutOfLogs() {
        assertThat(new BearerCredentials(Optional.of(PRACTICE), Optional.empty(), TOKEN).toString())
                .contains("cabinet@demo.mssante.fr")
                .doesNotContain("eyJ");
    }

    private static byte[] octets(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
