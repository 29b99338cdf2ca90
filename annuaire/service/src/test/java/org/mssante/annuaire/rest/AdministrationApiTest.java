package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;

/** A plain HTTP client against the administration API of a real annuaire with the demonstration's mailboxes. */
final class AdministrationApiTest {
    private static final String MANAGER = "noe.dupuits@demo.mssante.fr";
    private static final String MANAGED = "pharmacie.dupuits@demo.mssante.fr";
    private static final String MEMBER = "dr.test@demo.medecin.mssante.fr";

    @TempDir
    static Path run;

    private static AnnuaireService service;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        AnnuaireFixture fixture = new AnnuaireFixture(run);
        service = fixture.start();
        client = new ApiClient(fixture);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void nobodyIsLetInWithoutALogIn() {
        assertThat(client.anonymous("/mailboxes").code()).isEqualTo("MSS-M01");
        ApiClient.Answer wrong = client.as(MANAGER, "wrong").get("/mailboxes");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("MSS-M02");
    }

    @Test
    void aMemberWithTheRightToManageSeesThatMailboxAndHisOwn() {
        assertThat(client.as(MANAGER).get("/mailboxes").body().findValuesAsText("address"))
                .containsExactly(MANAGER, MANAGED);
        ApiClient.Answer shown = client.as(MANAGER).get("/mailboxes/" + MANAGED);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("displayName").asText()).isEqualTo("Pharmacie du Puits");
        assertThat(shown.body().at("/members/0/rights/3").asText()).isEqualTo("MANAGE");
    }

    @Test
    void aMailboxThatIsNotHisToSeeIsAnsweredLikeOneThatDoesNotExist() {
        String theirs = "cabinet.exemple@demo.mssante.fr";
        String nobodys = "cabinet.nulpart@demo.mssante.fr";
        ApiClient.Answer foreign = client.as(MEMBER).get("/mailboxes/" + theirs);
        ApiClient.Answer unknown = client.as(MEMBER).get("/mailboxes/" + nobodys);

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.code()).isEqualTo("MSS-M04");
        assertThat(foreign.text().replace(theirs, nobodys)).isEqualTo(unknown.text());
    }
}
