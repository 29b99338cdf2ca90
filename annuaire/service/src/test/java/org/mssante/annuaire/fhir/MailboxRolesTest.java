package org.mssante.annuaire.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Roles at a structure where professionals do not work and have a mailbox: one who works elsewhere, and one who works nowhere. */
final class MailboxRolesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHERE_HE_WORKS = "10999010043-99900200900010";
    private static final String WHERE_HE_HAS_A_MAILBOX = "10999010043-99900302300010";
    private static final String OF_HER = "10999012064-99900302300010";

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        Path mailboxes = run.resolve("mailboxes.csv");
        Files.writeString(
                mailboxes,
                Files.readString(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv"), StandardCharsets.UTF_8)
                        + """
                        dr.second@demo.mssante.fr;PER;Seconde;10999010043;399900302300010;;ACTIVE;false;false;NONE;;;;
                        dr.nulle.part@demo.mssante.fr;PER;Nulle part;10999012064;399900302300010;;ACTIVE;false;false;NONE;;;;
                        """,
                StandardCharsets.UTF_8);
        fixture = new AnnuaireFixture(run).set("mailboxes.file", mailboxes.toString());
        service = fixture.start();
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors())))
                .build();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identifier=https://rpps.esante.gouv.fr|" + WHERE_HE_WORKS + ",https://finess.esante.gouv.fr|",
                "identifier=" + WHERE_HE_WORKS + ",https://finess.esante.gouv.fr|" + WHERE_HE_HAS_A_MAILBOX,
                "_id=" + WHERE_HE_WORKS + ",https://rpps.esante.gouv.fr|"
            })
    void whatIsNoNumberOfARoleAddsNone(String question) throws IOException, InterruptedException {
        assertThat(found(question)).containsExactly(WHERE_HE_WORKS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identifier=" + WHERE_HE_WORKS + ",https://rpps.esante.gouv.fr|&practitioner=810999010043",
                "practitioner=810999010043"
            })
    void aProfessionalHasARoleWhereHeWorksAndWhereHeHasAMailbox(String question)
            throws IOException, InterruptedException {
        assertThat(found(question)).containsExactly(WHERE_HE_WORKS, WHERE_HE_HAS_A_MAILBOX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "practitioner=810999012064",
                "_id=" + OF_HER,
                "identifier=https://rpps.esante.gouv.fr|" + OF_HER,
                "practitioner=810999012064&organization=399900302300010&role=70&active=false",
                "organization=Organization/399900302300010&role=70&active=false"
            })
    void aRoleIsFoundThatAMailboxAloneMakes(String question) throws IOException, InterruptedException {
        assertThat(found(question)).containsExactly(OF_HER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization=399900302300010", "organization=399900302300010&active=true,false"})
    void aStructureHasARoleOfEachWhoWorksThereOrHasAMailboxThere(String question)
            throws IOException, InterruptedException {
        assertThat(found(question))
                .contains(WHERE_HE_HAS_A_MAILBOX, OF_HER, "10999010050-99900302300010")
                .allSatisfy(id -> assertThat(id).endsWith("-99900302300010"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "practitioner=810999012064&organization=399900200900010",
                "practitioner=810999012064&organization=Practitioner/399900302300010",
                "organization=Practitioner/399900302300010",
                "practitioner=810999012064&active=true",
                "organization=399900302300010&role=SM54"
            })
    void noRoleIsFoundThatNobodyHas(String question) throws IOException, InterruptedException {
        assertThat(found(question)).isEmpty();
    }

    private static List<String> found(String question) throws IOException, InterruptedException {
        String login = "client:" + fixture.secret("ldap-client.secret");
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + fixture.httpsPort()
                        + "/fhir/v2/PractitionerRole?_count=500&" + question.replace("|", "%7C")))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("entry").findValues("resource").stream()
                .map(resource -> resource.path("id").asText())
                .toList();
    }
}
