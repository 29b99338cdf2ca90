package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.core.id.MailAddress;

/** A person who looks after what he logs in with, over the administration API of a real annuaire. */
final class CredentialApiTest {
    private static final String PERSON = "dr.test@demo.medecin.mssante.fr";
    private static final String COLLEAGUE = "dr.martin@demo.medecin.mssante.fr";
    private static final String UNLISTED = "dr.discret@demo.medecin.mssante.fr";
    private static final String NOBODY = "dr.personne@demo.medecin.mssante.fr";
    private static final String APPS = "/mailboxes/" + PERSON + "/app-passwords";
    private static final String FACTOR = "/mailboxes/" + PERSON + "/second-factor";

    @TempDir
    Path run;

    private AnnuaireFixture fixture;
    private AnnuaireService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        fixture = new AnnuaireFixture(run);
        service = fixture.start();
        client = new ApiClient(fixture);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void heMakesAndRemovesHisAppPasswordsAndNobodyElseDoes() {
        ApiClient.Answer made = client.as(PERSON).send("POST", APPS, "{\"name\":\"Tel\",\"reason\":\"neuf\"}");
        assertThat(made.status()).isEqualTo(201);
        String password = made.body().path("password").asText();
        assertThat(checked(password)).isInstanceOf(PasswordVerdict.Accepted.class);
        assertThat(client.as(PERSON, password).get(APPS).code())
                .as("what a mail client knows administers nothing")
                .isEqualTo("MSS-M02");
        assertThat(client.as(COLLEAGUE).get(APPS).code()).isEqualTo("MSS-M04");
        assertThat(client.as(COLLEAGUE)
                        .send("DELETE", APPS + "/Tel?reason=x", "")
                        .code())
                .isEqualTo("MSS-M04");
        assertThat(client.as(PERSON).get(APPS).body().at("/appPasswords/0/name").asText())
                .isEqualTo("Tel");

        ApiClient.Answer left = client.as(PERSON).send("DELETE", APPS + "/Tel?reason=perdu", "");

        assertThat(left.body().path("appPasswords")).isEmpty();
        assertThat(checked(password)).isEqualTo(PasswordVerdict.Denied.REFUSED);
    }

    @Test
    void onceHisSecondFactorIsOnHeIsAskedForItsCode() {
        ApiClient.Answer begun = client.as(PERSON).send("POST", FACTOR, "{\"reason\":\"essai\"}");
        String secret = begun.body().path("secret").asText();
        assertThat(begun.body().path("uri").asText())
                .startsWith("otpauth://totp/")
                .contains(secret);
        Instant now = Instant.now();
        String first = PersonalFixture.code(secret, now);

        assertThat(client.as(PERSON)
                        .send("POST", FACTOR + "/confirm", "{\"code\":\"nothing\",\"reason\":\"essai\"}")
                        .code())
                .isEqualTo("MSS-A05");
        assertThat(client.as(PERSON)
                        .send("POST", FACTOR + "/confirm", "{\"code\":\"" + first + "\",\"reason\":\"essai\"}")
                        .body()
                        .path("on")
                        .asBoolean())
                .isTrue();

        assertThat(client.as(PERSON).get(FACTOR).code()).isEqualTo("MSS-M02");
        assertThat(client.as(PERSON)
                        .send("GET", FACTOR, "", "Second-Factor", first)
                        .code())
                .as("a replay")
                .isEqualTo("MSS-M02");
        // the code of the step behind is taken, too: nobody has to wait here
        String next = PersonalFixture.code(secret, now.plusSeconds(30));
        assertThat(client.as(PERSON)
                        .send("DELETE", FACTOR + "?reason=essai", "", "Second-Factor", next)
                        .body()
                        .path("on")
                        .asBoolean(true))
                .isFalse();
        assertThat(client.as(PERSON).get(FACTOR).status()).isEqualTo(200);
    }

    @Test
    void heSaysHimselfThatHeIsAbsentAndChangesNothingElse() {
        String mailbox = "/mailboxes/" + PERSON;

        ApiClient.Answer said = client.as(PERSON)
                .send(
                        "PATCH",
                        mailbox,
                        "{\"absenceFrom\":\"2026-08-01\",\"absenceUntil\":\"2026-08-15\","
                                + "\"absenceText\":\"Voyez le Dr Martin.\",\"reason\":\"congés\"}");

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.body().path("absenceUntil").asText()).isEqualTo("2026-08-15");
        try (LdapDirectory directory = fixture.directory("server")) {
            assertThat(directory
                            .mailbox(MailAddress.parse(PERSON))
                            .found()
                            .orElseThrow()
                            .absence())
                    .contains(new Absence(LocalDate.of(2026, 8, 1), LocalDate.of(2026, 8, 15), "Voyez le Dr Martin."));
        }
        assertThat(client.as(PERSON)
                        .send("PATCH", mailbox, "{\"displayName\":\"Pr TEST\",\"reason\":\"titre\"}")
                        .status())
                .isEqualTo(403);
        assertThat(client.as(PERSON)
                        .send(
                                "PATCH",
                                mailbox,
                                "{\"absenceFrom\":null,\"absenceUntil\":null,\"absenceText\":null,\"reason\":\"retour\"}")
                        .body()
                        .has("absenceText"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|   /app-passwords|              {\"name\":\" \",\"reason\":\"x\"}",
                "POST|   /app-passwords|              {\"name\":\"Tel\",\"reason\":\"x\"}",
                "DELETE| /app-passwords/Tel?reason=x| ''",
                "POST|   /second-factor|              {\"reason\":\"x\"}",
                "POST|   /second-factor/confirm|      {\"code\":\"000000\",\"reason\":\"x\"}",
                "DELETE| /second-factor?reason=x|     ''",
            })
    void whoHasNoBusinessThereDoesNotLearnWhetherThereIsSuchAMailbox(String method, String path, String body) {
        assertThat(refused(method, UNLISTED, path, body)).isEqualTo(refused(method, NOBODY, path, body));
    }

    /** What a colleague is told, but for the address he asked for. */
    private String refused(String method, String address, String path, String body) {
        ApiClient.Answer answer = client.as(COLLEAGUE).send(method, "/mailboxes/" + address + path, body);
        assertThat(answer.code()).isEqualTo("MSS-M04");
        return answer.status() + " " + answer.text().replace(address, "ADDRESS");
    }

    private PasswordVerdict checked(String password) {
        try (LdapDirectory directory = fixture.directory("server")) {
            return directory.checkPassword(MailAddress.parse(PERSON), password);
        }
    }
}
