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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** What mailboxes tell of structures: roles of professionals who work elsewhere or nowhere, and sites named by another number. */
final class MailboxRolesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHERE_HE_WORKS = "10999010043-399900200900010";
    private static final String WHERE_HE_HAS_A_MAILBOX = "10999010043-399900302300010";
    private static final String OF_HER = "10999012064-399900302300010";

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
                        dr.second.encore@demo.mssante.fr;PER;Encore;10999010043;399900302300010;;ACTIVE;false;false;NONE;;;;
                        ssr@demo.mssante.fr;ORG;SSR;;399900900700015;;ACTIVE;false;false;NONE;;;;
                        siren@demo.mssante.fr;ORG;SIREN;;2990000119;;ACTIVE;false;false;NONE;;;;
                        siren.dr@demo.mssante.fr;PER;SIREN;10999010050;2990000119;;ACTIVE;false;false;NONE;;;;
                        ssr.dr@demo.mssante.fr;PER;SSR;10999013252;399900900700015;;ACTIVE;false;false;NONE;;;;
                        dr.nulle.part@demo.mssante.fr;PER;Nulle part;10999012064;399900302300010;;ACTIVE;false;false;NONE;;;;
                        """,
                StandardCharsets.UTF_8);
        fixture = new AnnuaireFixture(run)
                .set("mailboxes.file", mailboxes.toString())
                .set("register.extracts", extracts().toString());
        service = fixture.start();
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors())))
                .build();
    }

    /** Where a site with a FINESS number has a SIRET, too, and mailboxes of two holders and of a structure stand elsewhere, too. */
    private static Path extracts() throws IOException {
        Path extracts = Files.createDirectory(run.resolve("extracts"));
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                String lines = Files.readString(file, StandardCharsets.UTF_8)
                        .replace("|||990000119|", "|99900900700015|999009007|990000119|");
                Files.writeString(
                        extracts.resolve(file.getFileName()),
                        lines.lines()
                                .flatMap(MailboxRolesTest::alsoElsewhere)
                                .collect(Collectors.joining("\n", "", "\n")),
                        StandardCharsets.UTF_8);
            }
        }
        return extracts;
    }

    private static Stream<String> alsoElsewhere(String line) {
        if (line.startsWith("PER|noel.imaginaire@") || line.startsWith("ORG|accueil.coteaux@")) {
            return Stream.of(line, line.replace("|1|990000119|", "|1|990000028|"));
        }
        return line.startsWith("PER|beatrice.oeuvrard@")
                ? Stream.of(line.replace("|3|99900302300010|", "|1|990000028|"), line)
                : Stream.of(line);
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
    @ValueSource(strings = {"active=true,false", "role=21,70", ""})
    void aRoleThatAMailboxAloneMakesIsAmongAllOfThem(String question) throws IOException, InterruptedException {
        assertThat(found(question))
                .contains(WHERE_HE_WORKS, WHERE_HE_HAS_A_MAILBOX, OF_HER)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization=1990000028", ""})
    void aMailboxOfSeveralStructuresMakesARoleAtEachWhereItsHolderDoesNotWork(String question)
            throws IOException, InterruptedException {
        assertThat(found(question)).contains("10999011090-1990000028", "10999011074-1990000028");
    }

    @Test
    void aMailboxOfSeveralStructuresMakesNoRoleOnceMoreWhereItsHolderWorks() throws IOException, InterruptedException {
        assertThat(found("organization=399900302300010", 1))
                .contains("10999011074-399900302300010")
                .doesNotHaveDuplicates();
    }

    @Test
    void aStructureIsNotTakenForOneOfAnotherKindWithTheSameDigits() throws IOException, InterruptedException {
        assertThat(found("organization=2990000119")).containsExactly("10999010050-2990000119");
        assertThat(found("organization=1990000119"))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id).endsWith("-1990000119"))
                .doesNotContain("10999010050-1990000119");
        assertThat(search("Organization?_id=1990000119&_revinclude=PractitionerRole:organization")
                        .findValuesAsText("id"))
                .contains("10999013252-1990000119")
                .doesNotContain("10999010050-1990000119");
        assertThat(search("PractitionerRole/10999010050-2990000119").path("id").asText())
                .isEqualTo("10999010050-2990000119");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "practitioner=810999013252",
                "mailbox-mss=ssr.dr@",
                "mailbox-mss=ssr.dr@&organization=1990000119",
                "organization=399900900700015&practitioner=810999013252",
                "_id=10999013252-1990000119"
            })
    void aMailboxUnderAnotherNumberOfASiteStandsAtTheRoleThere(String question)
            throws IOException, InterruptedException {
        JsonNode found = search("PractitionerRole?" + question);

        assertThat(found.path("entry")).hasSize(1);
        JsonNode role = found.at("/entry/0/resource");
        assertThat(role.path("id").asText()).isEqualTo("10999013252-1990000119");
        assertThat(role.at("/organization/reference").asText()).isEqualTo("Organization/1990000119");
        assertThat(role.path("telecom").findValuesAsText("value"))
                .contains("ssr.dr@demo.mssante.fr", "ines.fictiveau@ch-fictif.mssante.fr");
    }

    @Test
    void aMailboxOfSeveralStructuresLeadsToEachOfThem() throws IOException, InterruptedException {
        assertThat(organizations("")).containsExactly("1990000119", "1990000028");
        assertThat(organizations("&_id=1990000028")).containsExactly("1990000028");
    }

    private static List<String> organizations(String also) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        search("Organization?mailbox-mss=accueil.coteaux@" + also)
                .path("entry")
                .forEach(entry -> ids.add(entry.at("/resource/id").asText()));
        return ids;
    }

    @Test
    void aRoleOfOneWhoWorksNowhereIsAmongThoseThatAreNotActive() throws IOException, InterruptedException {
        assertThat(found("active=false")).containsExactly(OF_HER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization=399900302300010", "organization=399900302300010&active=true,false"})
    void aStructureHasARoleOfEachWhoWorksThereOrHasAMailboxThere(String question)
            throws IOException, InterruptedException {
        assertThat(found(question))
                .contains(WHERE_HE_HAS_A_MAILBOX, OF_HER, "10999010050-399900302300010")
                .allSatisfy(id -> assertThat(id).endsWith("-399900302300010"))
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

    @ParameterizedTest
    @ValueSource(strings = {"", "&_id=1990000119", "&identifier=990000119", "&identifier=399900900700015"})
    void aMailboxStandsAtTheSiteWhoseNumberItWasPublishedWith(String also) throws IOException, InterruptedException {
        JsonNode found = search("Organization?mailbox-mss=ssr@" + also);

        assertThat(found.path("entry")).hasSize(1);
        assertThat(found.at("/entry/0/resource/id").asText()).isEqualTo("1990000119");
        assertThat(found.at("/entry/0/resource/telecom").findValuesAsText("value"))
                .contains("ssr@demo.mssante.fr");
    }

    @Test
    void aMailboxOfOneWhoseNumberHasTheSameDigitsStandsElsewhere() throws IOException, InterruptedException {
        assertThat(search("Organization?_id=1990000119").findValuesAsText("value"))
                .contains("ssr@demo.mssante.fr")
                .doesNotContain("siren@demo.mssante.fr");
        assertThat(search("Organization?mailbox-mss=siren@")
                        .at("/entry/0/resource/id")
                        .asText())
                .isEqualTo("2990000119");
    }

    @Test
    void aMailboxIsNotFoundByTheNumberOfAnotherStructure() throws IOException, InterruptedException {
        assertThat(search("Organization?mailbox-mss=ssr@&identifier=990000028").path("entry"))
                .isEmpty();
    }

    private static List<String> found(String question) throws IOException, InterruptedException {
        return found(question, 500);
    }

    private static List<String> found(String question, int page) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        JsonNode bundle = search("PractitionerRole?_count=" + page + "&" + question);
        while (true) {
            bundle.path("entry")
                    .findValues("resource")
                    .forEach(resource -> found.add(resource.path("id").asText()));
            Optional<String> next = next(bundle);
            if (next.isEmpty()) {
                return found;
            }
            bundle = get(next.get());
        }
    }

    private static Optional<String> next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return Optional.of(link.path("url").asText());
            }
        }
        return Optional.empty();
    }

    private static JsonNode search(String question) throws IOException, InterruptedException {
        return get("https://localhost:" + fixture.httpsPort() + "/fhir/v2/" + question.replace("|", "%7C"));
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        String login = "client:" + fixture.secret("ldap-client.secret");
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
