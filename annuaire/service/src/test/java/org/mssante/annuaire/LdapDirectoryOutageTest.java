package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.LdapDirectoryConfiguration;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.certs.DevelopmentPki;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

/** The client while the annuaire is away: it never throws and never takes silence for an answer. */
final class LdapDirectoryOutageTest {
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");

    @TempDir
    Path run;

    @Test
    void isUnavailableWhileTheAnnuaireIsAwayAndAnswersOnceItIsBack() {
        AnnuaireFixture fixture = new AnnuaireFixture(run);
        try (LdapDirectory directory = fixture.directory("bridge")) {
            assertUnavailable(directory);

            AnnuaireService first = fixture.start();
            assertThat(directory.mailbox(DR_TEST)).isInstanceOf(Lookup.Found.class);
            String password = fixture.secret(DR_TEST + ".password");
            assertThat(directory.checkPassword(DR_TEST, password)).isInstanceOf(PasswordVerdict.Accepted.class);

            first.close();
            assertUnavailable(directory);

            AnnuaireService second = fixture.start();
            assertThat(directory.mailbox(DR_TEST)).isInstanceOf(Lookup.Found.class);
            assertThat(directory.checkPassword(DR_TEST, password))
                    .as("the registry keeps the password over a restart")
                    .isInstanceOf(PasswordVerdict.Accepted.class);
            second.close();
        }
    }

    @Test
    void doesNotTrustAnAnnuaireOfAnotherAuthority(@TempDir Path other) throws IOException {
        AnnuaireFixture fixture = new AnnuaireFixture(run);
        AnnuaireService service = fixture.start();
        new DevelopmentPki(other, Clock.systemUTC()).complete();
        Path secret = run.resolve("secrets/ldap-server.secret");
        try (LdapDirectory directory = LdapDirectory.open(configuration(fixture, secret, other.resolve("anchors")))) {
            assertThat(directory.mailbox(DR_TEST)).isInstanceOf(Lookup.Unavailable.class);
        }
        Path wrong = Files.writeString(run.resolve("wrong.secret"), "wrong");
        try (LdapDirectory directory = LdapDirectory.open(configuration(fixture, wrong, fixture.anchors()))) {
            assertThat(directory.mailbox(DR_TEST))
                    .as("a wrong secret says nothing about mailboxes")
                    .isInstanceOf(Lookup.Unavailable.class);
        }
        service.close();
    }

    private static LdapDirectoryConfiguration configuration(AnnuaireFixture fixture, Path secret, Path anchors) {
        return new LdapDirectoryConfiguration(
                "localhost",
                fixture.ldapsPort(),
                LdapNames.serviceDn("server"),
                secret,
                anchors,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                2);
    }

    private static void assertUnavailable(LdapDirectory directory) {
        assertThat(directory.mailbox(DR_TEST)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(directory.professional(new Rpps("10999010019"))).isInstanceOf(Lookup.Unavailable.class);
        assertThat(directory.mailboxesOfCertificate("CN=x")).isInstanceOf(Lookup.Unavailable.class);
        assertThat(directory.checkPassword(DR_TEST, "x")).isEqualTo(PasswordVerdict.Denied.UNAVAILABLE);
    }
}
