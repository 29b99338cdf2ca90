package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.OperatorCommands;
import org.mssante.annuaire.RunFolder;
import org.mssante.annuaire.registry.PersonalFixture;

/** Where operators and administrators need more than a password. */
final class SecondFactorForRolesTest {
    private static final String OPERATOR = "dr.martin@demo.medecin.mssante.fr";
    private static final String PROVEN = "dr.test@demo.medecin.mssante.fr";
    private static final String ADMINISTRATOR = "gaelle.deseglantines@demo.mssante.fr";
    private static final String MANAGER = "noe.dupuits@demo.mssante.fr";
    private static final String MANAGED = "/mailboxes/pharmacie.dupuits@demo.mssante.fr";
    private static final String OTHER = "/mailboxes/dr.discret@demo.medecin.mssante.fr";
    private static final String NOWHERE = "/mailboxes/dr.personne@demo.medecin.mssante.fr";
    private static final String OF_HIS_STRUCTURE = "/mailboxes/accueil@demo.mssante.fr";
    private static final String STRUCTURE = "399900100100018";

    private static RunFolder folder;
    private static OperatorCommands commands;
    private static AnnuaireService service;
    private static ApiClient client;

    @BeforeAll
    static void start() throws IOException {
        folder = RunFolder.create();
        commands = new OperatorCommands(folder.path());
        AnnuaireFixture fixture = new AnnuaireFixture(folder.path()).set("administration.second-factor", "true");
        service = fixture.start();
        client = new ApiClient(fixture);
        commands.output("administrator", "add", OPERATOR, "--operator", "--reason", "exploitant");
        commands.output("administrator", "add", PROVEN, "--operator", "--reason", "exploitant");
        commands.output("administrator", "add", ADMINISTRATOR, "--structure", STRUCTURE, "--reason", "référente");
        commands.output(
                "mailbox",
                "create",
                OF_HIS_STRUCTURE.substring("/mailboxes/".length()),
                "--type",
                "ORG",
                "--display-name",
                "Accueil",
                "--structure",
                STRUCTURE,
                "--reason",
                "ouverture");
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        folder.close();
    }

    @ParameterizedTest
    @CsvSource({
        OPERATOR + ",      GET,  /mailboxes",
        OPERATOR + ",      GET,  " + OTHER,
        OPERATOR + ",      GET,  " + OTHER + "/history",
        OPERATOR + ",      POST, " + OTHER + "/suspend",
        OPERATOR + ",      GET,  " + OTHER + "/app-passwords",
        OPERATOR + ",      GET,  /administrators",
        OPERATOR + ",      PUT,  /administrators/" + MANAGER + "/structures/" + STRUCTURE,
        ADMINISTRATOR + ", GET,  /mailboxes",
        ADMINISTRATOR + ", GET,  " + OF_HIS_STRUCTURE,
        ADMINISTRATOR + ", POST, " + OF_HIS_STRUCTURE + "/close",
        OPERATOR + ",      GET,  " + NOWHERE,
        OPERATOR + ",      POST, " + NOWHERE + "/suspend",
        OPERATOR + ",      GET,  " + NOWHERE + "/app-passwords",
        ADMINISTRATOR + ", GET,  " + OTHER,
        ADMINISTRATOR + ", GET,  " + NOWHERE,
        ADMINISTRATOR + ", POST, " + OTHER + "/close",
        ADMINISTRATOR + ", POST, " + NOWHERE + "/close",
        ADMINISTRATOR + ", GET,  /mailboxes?type=APP",
    })
    void aRoleThatWasGivenIsNotUsedByAPasswordAlone(String who, String method, String path) {
        ApiClient.Answer answer =
                client.as(who).send(method, path, method.equals("GET") ? "" : "{\"reason\":\"essai\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("MSS-A09");
        assertThat(answer.body().path("detail").asText()).contains("switch your second factor on");
    }

    @Test
    void whoWasGivenNoRoleIsAnsweredAsEver() {
        assertThat(client.as(MANAGER).get(OTHER).code()).isEqualTo("MSS-M04");
        assertThat(client.as(MANAGER).get(NOWHERE).code()).isEqualTo("MSS-M04");
    }

    @Test
    void whatIsOnesOwnTakesNoMoreThanEver() {
        assertThat(client.as(OPERATOR).get("/mailboxes/" + OPERATOR).status()).isEqualTo(200);
        assertThat(client.as(MANAGER).get(MANAGED).status()).isEqualTo(200);
        assertThat(client.as(MANAGER).get("/mailboxes").status()).isEqualTo(200);
    }

    @Test
    void byTheCodeOfHisSecondFactorHeUsesHisRole() {
        String factor = "/mailboxes/" + PROVEN + "/second-factor";
        String secret = client.as(PROVEN)
                .send("POST", factor, "{\"reason\":\"sécurité\"}")
                .body()
                .path("secret")
                .asText();
        Instant now = Instant.now();
        assertThat(client.as(PROVEN)
                        .send("POST", factor + "/confirm", body(PersonalFixture.code(secret, now)))
                        .status())
                .isEqualTo(200);

        // the code of the step behind is taken, too: nobody has to wait here
        String next = PersonalFixture.code(secret, now.plusSeconds(30));
        assertThat(client.as(PROVEN)
                        .send("GET", OTHER, "", "Second-Factor", next)
                        .status())
                .isEqualTo(200);
        assertThat(commands.output("administrator", "add", PROVEN, "--structure", STRUCTURE, "--reason", "référent"))
                .doesNotContain("warning");
    }

    @Test
    void whoGivesARoleToSomebodyWithoutSecondFactorIsWarned() {
        String person = OTHER.substring("/mailboxes/".length());

        assertThat(commands.output("administrator", "add", person, "--structure", STRUCTURE, "--reason", "référent"))
                .contains("warning: the person has no second factor");
    }

    private static String body(String code) {
        return "{\"code\":\"" + code + "\",\"reason\":\"sécurité\"}";
    }
}
