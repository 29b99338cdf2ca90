package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.core.id.MailAddress;

/** What an operator does about what a person logs in with, and what the mail server sees of it over LDAP. */
final class CredentialCommandsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final String PRACTICE = "cabinet.exemple@demo.mssante.fr";

    private RunFolder folder;
    private Path run;
    private OperatorCommands commands;

    private AnnuaireFixture fixture;
    private AnnuaireService service;
    private LdapDirectory directory;

    @BeforeEach
    void start() throws IOException {
        folder = RunFolder.create();
        run = folder.path();
        commands = new OperatorCommands(run);
        fixture = new AnnuaireFixture(run);
        service = fixture.start();
        directory = fixture.directory("server");
    }

    @AfterEach
    void stop() throws IOException {
        directory.close();
        service.close();
        folder.close();
    }

    @Test
    void anAppPasswordOpensUntilItIsRemovedAndTheEntrySaysThatOneWas() {
        String app = printed("password", done("app-password", "create", PERSON.toString(), "Téléphone"));

        assertThat(directory.checkPassword(PERSON, app))
                .isEqualTo(new PasswordVerdict.Accepted(Optional.of("Téléphone")));
        assertThat(look("app-password", "list", PERSON.toString())).contains("Téléphone");
        long before = version();

        assertThat(done("app-password", "remove", PERSON.toString(), "Téléphone"))
                .doesNotContain("Téléphone");

        assertThat(version()).isGreaterThan(before);
        assertThat(directory.checkPassword(PERSON, app)).isEqualTo(PasswordVerdict.Denied.REFUSED);
        assertThat(refused("app-password", "remove", PERSON.toString(), "Téléphone"))
                .contains("no app password of that name");
        assertThat(refused("app-password", "create", PRACTICE, "Téléphone")).contains("only a mailbox of type PER");
        assertThat(refused("app-password", "create", "nobody@demo.mssante.fr", "Téléphone"))
                .contains("There is no mailbox");
    }

    @Test
    void aNewPasswordEndsTheAppPasswordsAndSessions() {
        String app = printed("password", done("app-password", "create", PERSON.toString(), "Téléphone"));
        long before = version();

        String own = printed("password", done("password", PERSON.toString()));

        assertThat(version()).isGreaterThan(before);
        assertThat(directory.checkPassword(PERSON, app)).isEqualTo(PasswordVerdict.Denied.REFUSED);
        assertThat(directory.checkPassword(PERSON, own)).isEqualTo(new PasswordVerdict.Accepted(Optional.empty()));
    }

    @Test
    void aSecondFactorIsBegunAndTakenOffAndAWrongCodeSwitchesNothingOn() throws IOException {
        assertThat(look("second-factor", "show", PERSON.toString())).contains("secondFactor: off");
        assertThat(done("second-factor", "begin", PERSON.toString())).contains("uri: otpauth://totp/MSSant%C3%A9:");
        assertThat(refused("second-factor", "confirm", PERSON.toString(), "nothing"))
                .contains("the code is wrong");
        assertThat(look("second-factor", "show", PERSON.toString())).contains("secondFactor: begun");
        assertThat(directory.checkPassword(PERSON, fixture.secret(PERSON + ".password")))
                .isInstanceOf(PasswordVerdict.Accepted.class);

        assertThat(done("second-factor", "reset", PERSON.toString())).contains("secondFactor: off");
        assertThat(look("history", PERSON.toString())).contains("second factor begun", "second factor off");
        assertThat(Files.readString(run.resolve("secrets/second-factor.key"), StandardCharsets.UTF_8))
                .hasSizeGreaterThan(40);
    }

    private long version() {
        return directory
                .mailbox(PERSON)
                .found()
                .map(Mailbox::credentialsVersion)
                .orElseThrow();
    }

    private String done(String... words) {
        return look(because(words));
    }

    private String look(String... words) {
        assertThat(run(words)).as(commands.err()).isZero();
        return commands.out();
    }

    private String refused(String... words) {
        assertThat(run(because(words))).isEqualTo(1);
        return commands.err();
    }

    private static String[] because(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--reason", "essai")).toArray(String[]::new);
    }

    private static String printed(String property, String output) {
        return output.lines()
                .filter(line -> line.startsWith(property + ": "))
                .findFirst()
                .orElseThrow()
                .substring(property.length() + 2);
    }

    private int run(String... words) {
        return commands.run(
                Stream.concat(Stream.of("mailbox"), Stream.of(words)).toArray(String[]::new));
    }
}
