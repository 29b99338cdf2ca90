package org.mssante.annuaire.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** What is done where an answer would be larger than it may be, by a real annuaire whose answers are small. */
final class FhirLimitsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DR_TEST = "dr.test@demo.medecin.mssante.fr";
    private static final String WITH_MAILBOX = "Practitioner/810999010019";

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        fixture = new AnnuaireFixture(run).set("fhir.page.entries", "3").set("limits.professional-entries", "1");
        service = fixture.start();
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors())))
                .build();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aPageEndsBeforeItIsTooLargeAndTheNextOneGoesOn() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        JsonNode page = get("client", url("Practitioner?name=a&_count=50")).body();
        while (true) {
            List<String> ids = page.path("entry").findValuesAsText("id");
            assertThat(ids).isNotEmpty();
            assertThat(ids.size()
                            + page.findValues("telecom").stream()
                                    .mapToInt(JsonNode::size)
                                    .sum())
                    .isLessThanOrEqualTo(3);
            found.addAll(ids);
            if (next(page).isEmpty()) {
                break;
            }
            page = get("client", next(page)).body();
        }

        assertThat(found).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    }

    @Test
    void theRolesOfAStructureComePageByPageHoweverManyThereAre() throws IOException, InterruptedException {
        Set<String> found = new HashSet<>();
        Answer page = get("client", url("PractitionerRole?organization=1990000119&_count=2"));
        while (true) {
            assertThat(page.status()).isEqualTo(200);
            List<String> ids = page.body().path("entry").findValuesAsText("id");
            assertThat(ids).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            for (String id : ids) {
                assertThat(id).endsWith("-1990000119");
                assertThat(found.add(id)).isTrue();
            }
            if (next(page.body()).isEmpty()) {
                break;
            }
            page = get("client", next(page.body()));
        }

        assertThat(found).as("more than a page may be made of").hasSizeGreaterThan(3);
    }

    @Test
    void aSingleResourceThatIsTooLargeIsRefused() throws IOException, InterruptedException {
        Answer answer =
                get("client", url("Organization?_id=399900100100018&_revinclude=PractitionerRole:organization"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().at("/issue/0/code").asText()).isEqualTo("too-costly");
        assertThat(get("client", url(WITH_MAILBOX)).status()).isEqualTo(200);
        Answer forProfessional = get(DR_TEST, url(WITH_MAILBOX));
        assertThat(forProfessional.status()).isEqualTo(403);
        assertThat(forProfessional.body().at("/issue/0/code").asText()).isEqualTo("too-costly");
    }

    @Test
    void aProfessionalIsToldThatTheMailboxesOfAResourceAreNotAllThere() throws IOException, InterruptedException {
        JsonNode page = get(DR_TEST, url("Practitioner?_id=810999010019")).body();

        assertThat(page.path("entry").findValuesAsText("mode")).containsExactly("match", "outcome");
        assertThat(page.at("/entry/0/resource").has("telecom")).isFalse();
        assertThat(page.at("/entry/1/resource/issue/0/code").asText()).isEqualTo("too-costly");
        assertThat(page.at("/entry/1/resource/issue/0/diagnostics").asText()).contains(WITH_MAILBOX);
        assertThat(next(page)).isEmpty();
    }

    @Test
    void whatFitsIsGivenWithoutAWord() throws IOException, InterruptedException {
        JsonNode page = get(DR_TEST, url("Practitioner?_id=810999010043")).body();

        assertThat(page.path("entry").findValuesAsText("mode")).containsExactly("match");
    }

    private record Answer(int status, JsonNode body) {}

    private static String next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    private static String url(String question) {
        return "https://localhost:" + fixture.httpsPort() + "/fhir/v2/" + question;
    }

    private static Answer get(String who, String url) throws IOException, InterruptedException {
        String login = who + ":" + fixture.secret(who.contains("@") ? who + ".password" : "ldap-" + who + ".secret");
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }
}
