package org.mssante.annuaire.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.login.ServiceSecrets;
import org.mssante.annuaire.registry.PersonalFixture;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.web.WebLimits;
import org.mssante.annuaire.web.WebPort;
import org.mssante.certs.SharedPki;
import org.mssante.core.lockout.Allowance;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.lockout.LockoutRules;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** A plain HTTP client against the FHIR port of a real annuaire with the demonstration's data. */
final class FhirSiteTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DR_TEST = "dr.test@demo.medecin.mssante.fr";
    private static final String METADATA =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata";

    private static final String ACTIVITIES = "PS_LibreAcces_Personne_activite_202611200312.txt";
    private static final String SPECIALITIES =
            "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";
    private static final Map<String, String> VALUES = Map.of("active", "true", "_lastUpdated", "2026-11-20");
    private static final String SECTORS =
            "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite";

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static HttpClient client;
    private static Path extracts;

    @BeforeAll
    static void start() throws IOException {
        extracts = Files.createDirectory(run.resolve("extracts"));
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, extracts.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        // one of the structures belongs to another
        Path activities = extracts.resolve(ACTIVITIES);
        Files.writeString(
                activities,
                Files.readString(activities, StandardCharsets.UTF_8)
                        .replace("|990000119|990000119|", "|990000119|990000101|"),
                StandardCharsets.UTF_8);
        fixture = new AnnuaireFixture(run)
                .set("register.extracts", extracts.toString())
                .set("register.check.interval", "PT0.2S")
                .set("limits.professional-entries", "30")
                .set("fhir.page.max", "60")
                .set("fhir.searches", "20");
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
    void aProfessionalIsFoundByHisNumberWithHisNameAndProfession() {
        JsonNode practitioner = only(search("Practitioner?identifier=https://rpps.esante.gouv.fr|10999010043"));

        assertThat(practitioner.path("resourceType").asText()).isEqualTo("Practitioner");
        assertThat(practitioner.path("id").asText()).isEqualTo("810999010043");
        assertThat(practitioner.path("active").asBoolean()).isTrue();
        assertThat(practitioner.path("identifier").findValuesAsText("value"))
                .containsExactly("810999010043", "10999010043");
        assertThat(practitioner.at("/name/0/family").asText()).isEqualTo("DUPUITS");
        assertThat(practitioner.at("/qualification/0/code/coding/0/code").asText())
                .isEqualTo("21");
        assertThat(practitioner.at("/meta/profile/0").asText()).endsWith("/as-dp-practitioner");
        assertThat(get("Practitioner/810999010043", "client").body()).isEqualTo(practitioner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|810999010043",
                "Practitioner?identifier=10999010043",
                "Practitioner?_id=810999010043",
                "Practitioner?family=dupuits&given=noe",
                "Practitioner?name=dupuits",
                "Practitioner?family:exact=DUPUITS",
                "Practitioner?family:contains=upuit",
                "Practitioner?family=dupuits&qualification-code=21",
                "Practitioner?family=dupuits&active=true",
                "Practitioner?family=dupuits&identifier-type=RPPS",
                "Practitioner?family=nobody,dupuits",
                "Practitioner?family:exact=NOBODY,DUPUITS",
                "Practitioner?identifier=1,10999010043",
                "Practitioner?_id=810999010043,1",
                "Practitioner?family=dupuits&active=true,false",
                "Practitioner?family=dupuits&identifier=https://rpps.esante.gouv.fr|",
                "Practitioner?family=dupuits&qualification-code=10,21",
                "Practitioner?family=dupuits&qualification-code=https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante|21"
            })
    void isFoundAsAPersonExpects(String question) {
        assertThat(ids(search(question))).containsExactly("810999010043");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner?identifier=https://finess.esante.gouv.fr|10999010043",
                "Practitioner?identifier=https://rpps.esante.gouv.fr|00000000000",
                "Practitioner?family=dupuits&qualification-code=10",
                "Practitioner?family=dupuits&qualification-code=|21",
                "Practitioner?family=dupuits&qualification-code=" + SPECIALITIES + "|",
                "Practitioner?identifier=|10999010043",
                "Practitioner?mailbox-mss=cabinet.tilleuls@&qualification-code=SM40",
                "PractitionerRole?mailbox-mss=dr.test@&role=SM54",
                "PractitionerRole?practitioner=Organization/810999010019",
                "Organization?_id=399900200900010&type=SA01",
                "Organization?_id=399900200900010&partof=1990000101",
                "Organization?mailbox-mss:contains=pharmacie.dupuits&type=SA01",
                "Practitioner?family=dupuits&active=false",
                "Practitioner?family=dupuits&identifier-type=FINEG",
                "PractitionerRole?_id=10999010019-399900100100018&active=false",
                "PractitionerRole?_id=10999010019-399900100100018&role=21",
                "PractitionerRole?_id=10999010019-1",
                "PractitionerRole?identifier=https://finess.esante.gouv.fr|10999010019-399900100100018",
                "PractitionerRole?mailbox-mss=dr.test@&active=false",
                "Practitioner?mailbox-mss=cabinet.tilleuls@&active=false",
                "Organization?_id=399900200900010&active=false",
                "Organization?_id=399900200900010&identifier-type=FINEG",
                "Organization?_id=399900200900010&address-line=nowhere",
                "Organization?identifier=urn:oid:1.2.250.1.71.4.2.2|nonsense",
                "Organization?identifier=https://finess.esante.gouv.fr|999001001",
                "Organization?_id=2999001001",
                "PractitionerRole?organization=Organization/399999999999999"
            })
    void nothingIsFoundWhereNothingIs(String question) {
        assertThat(search(question).path("entry")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SM54",
                SPECIALITIES + "|SM54",
                SPECIALITIES + "|",
                "https://mos.esante.gouv.fr/NOS/TRE_R39-Competence/FHIR/TRE-R39-Competence|C05",
                "https://mos.esante.gouv.fr/NOS/TRE_R04-TypeSavoirFaire/FHIR/TRE-R04-TypeSavoirFaire|C",
                "SM99,C05"
            })
    void aProfessionalIsFoundByASavoirFaireOfHis(String token) {
        assertThat(ids(search("Practitioner?_id=810999010019&qualification-code=" + token)))
                .containsExactly("810999010019");
        assertThat(ids(search("Practitioner?mailbox-mss=cabinet.tilleuls@&qualification-code=" + token)))
                .containsExactly("810999010019");
    }

    @Test
    void aSavoirFaireShowsItsKindItsCodeAndItsLabel() {
        JsonNode qualifications =
                get("Practitioner/810999010019", "client").body().path("qualification");

        assertThat(qualifications).hasSize(3);
        JsonNode skill = qualifications.get(1).at("/code/coding");
        assertThat(skill.findValuesAsText("code")).containsExactly("S", "SM54");
        assertThat(skill.findValuesAsText("display")).containsExactly("Médecine générale");
        assertThat(skill.at("/1/system").asText()).isEqualTo(SPECIALITIES);
        assertThat(qualifications.get(2).at("/code/coding").findValuesAsText("code"))
                .containsExactly("C", "C05");
    }

    @Test
    void aStructureShowsItsSectorAndTheLegalEntityItBelongsTo() {
        JsonNode organization = only(search("Organization?partof=Organization/1990000101"));

        assertThat(organization.path("id").asText()).isEqualTo("1990000119");
        assertThat(organization.at("/partOf/identifier/value").asText()).isEqualTo("990000101");
        assertThat(organization.at("/partOf/identifier/type/coding/0/code").asText())
                .isEqualTo("FINEJ");
        String sector = organization.at("/type/0/coding/0/code").asText();
        assertThat(organization.at("/type/0/coding/0/system").asText()).isEqualTo(SECTORS);
        assertThat(organization.at("/type/0/extension/0/valueCode").asText()).isEqualTo("secteurActiviteRASS");
        for (String token : List.of(sector, SECTORS + "|" + sector, SECTORS + "|", "SA00," + sector)) {
            assertThat(ids(search("Organization?partof=990000101&type=" + token)))
                    .containsExactly("1990000119");
        }
        assertThat(get("Organization/1990000101", "client").body().has("partOf"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sirene.fr|99900100100018",
                "https://sirene.fr|999001001",
                "999001001",
                "urn:oid:1.2.250.1.71.4.2.2|2999001001",
                "urn:oid:1.2.250.1.71.4.2.2|399900100100018"
            })
    void aStructureIsFoundByEachOfItsNumbers(String identifier) {
        assertThat(ids(search("Organization?identifier=" + identifier))).containsExactly("399900100100018");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://rppsrang.esante.gouv.fr|10999011199001", "https://rpps.esante.gouv.fr|10999011199001"})
    void aPracticeIsFoundByItsRank(String identifier) {
        assertThat(ids(search("Organization?identifier=" + identifier))).containsExactly("410999011199001");
    }

    @Test
    void sitesAreFoundByTheLegalEntityTheyBelongTo() {
        assertThat(ids(search("Organization?identifier=https://finess.esante.gouv.fr|990000101")))
                .containsExactlyInAnyOrder("1990000101", "1990000119");
    }

    @Test
    void aStructureShowsAllItsNumbersWithTheirSystems() {
        assertThat(identifiers("399900100100018"))
                .containsExactly(
                        "IDNST urn:oid:1.2.250.1.71.4.2.2 399900100100018",
                        "SIRET https://sirene.fr 99900100100018",
                        "SIREN https://sirene.fr 999001001");
        assertThat(identifiers("1990000119"))
                .containsExactly(
                        "IDNST urn:oid:1.2.250.1.71.4.2.2 1990000119",
                        "FINEG https://finess.esante.gouv.fr 990000119",
                        "FINEJ https://finess.esante.gouv.fr 990000101");
        assertThat(identifiers("410999011199001"))
                .containsExactly(
                        "IDNST urn:oid:1.2.250.1.71.4.2.2 410999011199001",
                        "RPPSRG https://rppsrang.esante.gouv.fr 10999011199001");
    }

    private static List<String> identifiers(String structure) {
        List<String> identifiers = new ArrayList<>();
        for (JsonNode identifier :
                get("Organization/" + structure, "client").body().path("identifier")) {
            identifiers.add(identifier.at("/type/coding/0/code").asText() + " "
                    + identifier.path("system").asText() + " "
                    + identifier.path("value").asText());
        }
        return identifiers;
    }

    @ParameterizedTest
    @CsvSource({
        "FINEG, 1990000119",
        "FINEJ, 1990000119",
        "SIRET, 399900100100018",
        "SIREN, 399900100100018",
        "RPPSRG, 410999011199001"
    })
    void structuresAreFoundByTheKindsOfNumbersTheyHave(String type, String structure) {
        assertThat(ids(search("Organization?_id=1990000119,399900100100018,410999011199001&identifier-type=" + type)))
                .containsExactly(structure);
    }

    @Test
    void theRolesOfAProfessionalAndOfAStructureComeWithThemWhereTheyAreAskedFor() {
        JsonNode person = search("Practitioner?_id=810999010019&_revinclude=PractitionerRole:practitioner");
        JsonNode structure = search("Organization?_id=399900100100018&_revinclude=PractitionerRole:organization");

        assertThat(ids(person)).containsExactly("810999010019", "10999010019-399900100100018");
        assertThat(person.path("entry").findValuesAsText("mode")).containsExactly("match", "include");
        assertThat(ids(structure))
                .startsWith("399900100100018")
                .contains("10999010019-399900100100018", "10999010027-399900100100018")
                .hasSameSizeAs(new HashSet<>(ids(structure)));
        assertThat(ids(structure))
                .hasSize(
                        1 + all("PractitionerRole?organization=399900100100018").size());
    }

    @Test
    void onlyWhatIsAskedForComesWithARole() {
        String role = "PractitionerRole?_id=10999010019-399900100100018&_include=";

        assertThat(ids(search(role + "PractitionerRole:practitioner")))
                .containsExactly("10999010019-399900100100018", "810999010019");
        assertThat(ids(search(role + "PractitionerRole:organization")))
                .containsExactly("10999010019-399900100100018", "399900100100018");
        assertThat(ids(search(role + "*")))
                .containsExactly("10999010019-399900100100018", "810999010019", "399900100100018");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PractitionerRole?_count=7",
                "PractitionerRole?mailbox-mss:contains=%40&role=10&_count=3",
                "Practitioner?mailbox-mss:contains=%40&qualification-code=10&_count=1"
            })
    void everyPageButTheLastIsFull(String question) {
        int count = Integer.parseInt(question.substring(question.lastIndexOf('=') + 1));
        JsonNode page = search(question);
        List<String> found = new ArrayList<>(ids(page));
        while (!next(page).isEmpty()) {
            assertThat(page.path("entry")).hasSize(count);
            page = follow(page, "client");
            assertThat(page.path("entry")).isNotEmpty();
            found.addAll(ids(page));
        }

        assertThat(found)
                .hasSizeGreaterThan(count)
                .hasSameElementsAs(all(question.replace("_count=" + count, "_count=60")));
    }

    @Test
    void aSearchThatFindsNothingMoreEndsWithItsFirstPage() {
        JsonNode page = search("PractitionerRole?mailbox-mss:contains=%40&active=false&_count=1");

        assertThat(page.path("entry")).isEmpty();
        assertThat(next(page)).isEmpty();
    }

    @Test
    void aMailboxStandsAtTheRoleOfItsHolderWhereItHasAStructure() {
        JsonNode role = only(search("PractitionerRole?mailbox-mss:exact=" + DR_TEST));

        assertThat(role.path("id").asText()).isEqualTo("10999010019-399900100100018");
        assertThat(role.at("/practitioner/reference").asText()).isEqualTo("Practitioner/810999010019");
        assertThat(role.at("/organization/reference").asText()).isEqualTo("Organization/399900100100018");
        JsonNode telecom = role.at("/telecom/0");
        assertThat(telecom.path("value").asText()).isEqualTo(DR_TEST);
        assertThat(telecom.at("/extension/0/valueCoding/code").asText()).isEqualTo("MSSANTE");
        assertThat(telecom.at("/extension/1/url").asText()).isEqualTo(METADATA);
        assertThat(telecom.at("/extension/1/extension/0/valueCodeableConcept/coding/0/code")
                        .asText())
                .isEqualTo("PER");
        assertThat(get("PractitionerRole/10999010019-399900100100018", "client").body())
                .isEqualTo(role);
        assertThat(search("Practitioner?mailbox-mss:exact=" + DR_TEST).path("entry"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PractitionerRole?_id=10999010019-399900100100018",
                "PractitionerRole?identifier=https://rpps.esante.gouv.fr|10999010019-399900100100018",
                "PractitionerRole?mailbox-mss=dr.test@&active=true&role=10",
                "PractitionerRole?practitioner=810999010019&organization=399900100100018&role=10&active=true",
                "PractitionerRole?practitioner=1,Practitioner/810999010019&organization=1,399900100100018&role=21,10",
                "PractitionerRole?_id=1-1,10999010019-399900100100018"
            })
    void aRoleIsFoundAsAPersonExpects(String question) {
        assertThat(ids(search(question))).containsExactly("10999010019-399900100100018");
    }

    @Test
    void aStructureIsFoundByItsAddress() {
        JsonNode organization = only(search("Organization?_id=399900200900010&active=true&identifier-type=IDNST"));
        String street = organization.at("/address/0/line/0").asText();
        String town = organization.at("/address/0/city").asText();

        assertThat(street).isNotEmpty();
        for (String value :
                List.of(street, town, organization.at("/address/0/postalCode").asText())) {
            assertThat(ids(search("Organization?address=" + URLEncoder.encode(value, StandardCharsets.UTF_8))))
                    .contains("399900200900010");
        }
        assertThat(ids(search("Organization?_id=399900200900010&address-line="
                        + URLEncoder.encode(street, StandardCharsets.UTF_8))))
                .containsExactly("399900200900010");
    }

    @Test
    void aMailboxWithoutStructureStandsAtItsHolder() {
        JsonNode practitioner = only(search("Practitioner?mailbox-mss=cabinet.tilleuls@"));

        assertThat(practitioner.path("id").asText()).isEqualTo("810999010019");
        assertThat(practitioner.path("telecom").findValuesAsText("value"))
                .containsExactly("cabinet.tilleuls@demo.medecin.mssante.fr");
    }

    @Test
    void aMailboxShowsHowMuchItIsPreferred() throws IOException, InterruptedException {
        String practice = "cabinet.tilleuls@demo.medecin.mssante.fr";
        String credentials = DR_TEST + ":" + fixture.secret(DR_TEST + ".password");
        HttpRequest change = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + fixture.httpsPort() + "/admin/v1/mailboxes/" + practice))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString("{\"preferred\":1,\"reason\":\"boîte du cabinet\"}"))
                .build();
        assertThat(client.send(change, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);

        assertThat(only(search("Practitioner?mailbox-mss=cabinet.tilleuls@"))
                        .at("/telecom/0/rank")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aStructureShowsItsMailboxesAndNeverWhoAnswersForThem() {
        JsonNode organization = only(search("Organization?mailbox-mss:contains=pharmacie.dupuits"));

        assertThat(organization.path("id").asText()).isEqualTo("399900200900010");
        assertThat(organization.path("telecom").findValuesAsText("value"))
                .contains("pharmacie.dupuits@demo.mssante.fr");
        assertThat(organization.toString()).contains("Officine").doesNotContain("responsible");
        assertThat(ids(search("Organization?identifier=urn:oid:1.2.250.1.71.4.2.2|399900200900010")))
                .containsExactly("399900200900010");
    }

    @Test
    void rolesComeWithTheirProfessionalAndStructureWhereTheyAreAskedFor() {
        JsonNode bundle = search(
                "PractitionerRole?practitioner=Practitioner/810999010019&_include=PractitionerRole:practitioner&_include=PractitionerRole:organization");

        assertThat(bundle.path("entry").findValuesAsText("mode")).contains("match", "include");
        assertThat(ids(bundle)).contains("810999010019", "399900100100018");
    }

    @Test
    void whatIsOnTheListeRougeIsInNoResource() {
        String question = "PractitionerRole?mailbox-mss=dr.discret@";

        assertThat(search(question).path("entry")).isEmpty();
        assertThat(search("PractitionerRole?practitioner=810999010035").toString())
                .doesNotContain("discret@");
        Answer professional = get(question, DR_TEST);
        assertThat(professional.status()).isEqualTo(200);
        assertThat(professional.body().path("entry")).isEmpty();
        assertThat(get("PractitionerRole?practitioner=810999010035", DR_TEST)
                        .body()
                        .toString())
                .doesNotContain("discret@");
    }

    @Test
    void aProfessionalGetsAsManyAsHeMayOverAllPages() {
        JsonNode first = get("Practitioner?_count=20", DR_TEST).body();
        JsonNode last = follow(first, DR_TEST);

        int mailboxes = first.findValues("telecom").stream()
                        .mapToInt(JsonNode::size)
                        .sum()
                + last.findValues("telecom").stream().mapToInt(JsonNode::size).sum();
        assertThat(mailboxes).isPositive();
        assertThat(modes(first)).containsOnly("match").hasSize(20);
        assertThat(modes(last).subList(0, 10 - mailboxes)).containsOnly("match");
        assertThat(modes(last)).hasSize(11 - mailboxes).endsWith("outcome");
        assertThat(last.findValuesAsText("severity")).containsExactly("warning");
        assertThat(last.at("/entry/" + (10 - mailboxes) + "/resource/issue/0/code")
                        .asText())
                .isEqualTo("too-costly");
        assertThat(next(last)).isEmpty();
    }

    @Test
    void aPageIsNeverLargerThanItMayBe() {
        assertThat(search("Practitioner?_count=60").path("entry")).hasSize(60);
        assertThat(search("Practitioner?_count=61").path("entry")).hasSize(60);
        assertThat(search("Practitioner").path("entry")).hasSize(50);
    }

    @Test
    void theOldestOfTooManySearchesCannotBeGoneOnWith() {
        JsonNode first = search("Practitioner?_count=1");
        for (int i = 0; i < 19; i++) {
            search("Practitioner?_count=1");
        }
        follow(first, "client");

        search("Practitioner?_count=1");
        Answer gone = sent(HttpRequest.newBuilder(URI.create(next(first)))
                .header("Authorization", basic("client", secret("client")))
                .build());
        assertThat(gone.status()).isEqualTo(410);
    }

    @Test
    void pagesGoOnInTheEditionTheSearchBeganIn() throws IOException {
        List<String> before = all("Practitioner?_count=500");
        JsonNode page = search("Practitioner?_count=50");
        Path activities = extracts.resolve(ACTIVITIES);
        Files.writeString(
                activities,
                Files.readString(activities, StandardCharsets.UTF_8).replaceAll("(?m)^8\\|10999030\\d*\\|.*\\R", "")
                        + Files.readAllLines(activities).get(1).replace("10999010019", "10999999992")
                        + "\n",
                StandardCharsets.UTF_8);
        Awaitility.await()
                .until(() -> !ids(search("Practitioner?_id=810999999992")).isEmpty());

        List<String> found = new ArrayList<>(ids(page));
        while (!next(page).isEmpty()) {
            page = follow(page, "client");
            found.addAll(ids(page));
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatHasChangedSinceASearchIsFoundFromItsTimeOn() throws IOException {
        JsonNode before = search("Practitioner?_count=1");
        String then = before.at("/meta/lastUpdated").asText();
        String since = "_lastUpdated=gt" + then;
        assertThat(then).isNotEmpty();
        assertThat(all("Practitioner?" + since)).isEmpty();
        Path activities = extracts.resolve(ACTIVITIES);
        Files.writeString(
                activities,
                Files.readAllLines(activities).get(1).replace("10999010019", "10999999984") + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Awaitility.await()
                .until(() -> !ids(search("Practitioner?_id=810999999984")).isEmpty());

        assertThat(all("Practitioner?" + since)).containsExactly("810999999984");
        assertThat(all("PractitionerRole?" + since)).isNotEmpty().allMatch(id -> id.startsWith("10999999984-"));
        assertThat(all("Organization?" + since)).isEmpty();
        assertThat(all("Practitioner?_lastUpdated=le" + then))
                .doesNotContain("810999999984")
                .contains("810999010043");
        String changed = only(search("Practitioner?_id=810999999984"))
                .at("/meta/lastUpdated")
                .asText();
        assertThat(Instant.parse(changed)).isAfter(Instant.parse(then));
        assertThat(all("Practitioner?_lastUpdated=" + changed)).containsExactly("810999999984");
    }

    @Test
    void whoseMailboxIsAskedForMustHaveChangedThen() {
        assertThat(all("Practitioner?mailbox-mss:contains=%40&_lastUpdated=ge2020"))
                .isNotEmpty();
        assertThat(all("Practitioner?mailbox-mss:contains=%40&_lastUpdated=lt2020"))
                .isEmpty();
        assertThat(all("PractitionerRole?mailbox-mss:contains=%40&_lastUpdated=lt2020"))
                .isEmpty();
        assertThat(all("Organization?mailbox-mss:contains=%40&_lastUpdated=lt2020"))
                .isEmpty();
        assertThat(all("Organization?mailbox-mss:contains=%40&_lastUpdated=ge2020&_lastUpdated=lt2100"))
                .isNotEmpty();
    }

    /** A mailbox of the liste rouge that comes would show in it. */
    @Test
    void aProfessionalIsNotToldWhenSomebodyChanged() {
        Answer answer = get("Practitioner?family=dupuits&_lastUpdated=ge2020", DR_TEST);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().at("/issue/0/code").asText()).isEqualTo("forbidden");
        JsonNode found = only(get("Practitioner?family=dupuits", DR_TEST).body());
        assertThat(found.at("/meta/profile/0").asText()).isNotEmpty();
        assertThat(found.at("/meta/lastUpdated").isMissingNode()).isTrue();
    }

    /** That something changed, and nothing that he sees, would tell him of what he does not see. */
    @Test
    void aProfessionalIsNotToldWhenTheDirectoryChanged() {
        String question = "Practitioner?family=dupuits";
        Instant changed = Instant.parse(search(question).at("/meta/lastUpdated").asText());

        assertThat(Instant.parse(
                        get(question, DR_TEST).body().at("/meta/lastUpdated").asText()))
                .isAfter(changed);
        assertThat(Instant.parse(search(question).at("/meta/lastUpdated").asText()))
                .isEqualTo(changed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner?nonsense=1",
                "Practitioner?identifier:not=1",
                "Practitioner?active=perhaps",
                "Practitioner?active:not=true",
                "Practitioner?_count=0",
                "Practitioner?_lastUpdated=yesterday",
                "Practitioner?_lastUpdated=ne2030-01-01",
                "Practitioner?_lastUpdated=ap2030-01-01",
                "Practitioner?_lastUpdated:exact=ge2030-01-01",
                "Practitioner?_lastUpdated:contains=ge2030-01-01",
                "Practitioner?_lastUpdated=ge2030-01-01,ge2031-01-01",
                "Practitioner?_lastUpdated:Practitioner=ge2030-01-01",
                "Practitioner?_count:exact=1",
                "Practitioner?_id:Practitioner=1",
                "Practitioner?family:Practitioner=dupuits",
                "Practitioner?_include:exact=foo",
                "Practitioner?_lastUpdated=ge2026-01-01&_lastUpdated=ge2026-01-02",
                "Practitioner?_sort=family",
                "Practitioner?family:missing=true",
                "Practitioner?_has:PractitionerRole:practitioner:active=true",
                "PractitionerRole?practitioner.family=martin",
                "Practitioner?specialty=SM54",
                "PractitionerRole?_include=foo",
                "Practitioner?_include=PractitionerRole:practitioner",
                "Practitioner?_revinclude=PractitionerRole:organization",
                "Practitioner?_%22=1",
                "Practitioner?identifier=",
                "Practitioner?family=dupuits&given=%20"
            })
    void whatItDoesNotKnowIsRefusedInAnOperationOutcome(String question) {
        Answer answer = get(question, "client");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(answer.body().at("/issue/0/code").asText()).isIn("invalid", "not-supported");
        assertThat(answer.body().at("/issue/0/diagnostics").asText())
                .isNotEmpty()
                .doesNotContain("HAPI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"specialty", "_since", "pharmacy-licence", "_include"})
    void theOutcomeNamesTheParameterThatIsNotKnown(String parameter) {
        assertThat(get("Practitioner?" + parameter + "=x", "client")
                        .body()
                        .at("/issue/0/diagnostics")
                        .asText())
                .contains(parameter);
    }

    @Test
    void moreThanAHundredValuesOfAParameterAreRefused() {
        String hundred = "nobody,".repeat(99) + "dupuits";

        assertThat(ids(search("Practitioner?family=" + hundred))).containsExactly("810999010043");
        assertThat(get("Practitioner?family=" + hundred + ",more", "client").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Practitioner/810000000000", "PractitionerRole/x", "Organization/1", "Nothing/1"})
    void whatIsNotThereIsNotFound(String path) {
        Answer answer = get(path, "client");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(answer.body().at("/issue/0/code").asText()).isEqualTo("not-found");
        assertThat(answer.body().at("/issue/0/diagnostics").asText())
                .isNotEmpty()
                .doesNotContain("HAPI");
    }

    @Test
    void aPageThatIsNotKnownAnyMoreIsGone() {
        assertThat(get("?_getpages=00000000-0000-0000-0000-000000000000&_pageId=next", "client")
                        .status())
                .isEqualTo(410);
    }

    @Test
    void saysWhatItCan() {
        JsonNode statement = get("metadata", "client").body();

        assertThat(statement.path("fhirVersion").asText()).isEqualTo("4.0.1");
        assertThat(statement.path("name").asText()).isEqualTo("MssanteAnnuaire");
        assertThat(statement.path("publisher").isMissingNode()).isTrue();
        assertThat(statement.path("format"))
                .extracting(JsonNode::asText)
                .containsExactly("application/fhir+json", "json");
        assertThat(statement.at("/rest/0/resource"))
                .extracting(resource -> resource.path("type").asText())
                .containsExactlyInAnyOrder("Practitioner", "PractitionerRole", "Organization");
    }

    /** What it declares of each resource, and what it or the national API declares of any. */
    @Test
    void acceptsWhatItDeclaresAndNothingElse() {
        JsonNode resources = get("metadata", "client").body().at("/rest/0/resource");
        Set<String> parameters = new HashSet<>(
                List.of("_since", "data-information-system", "number-smartcard", "pharmacy-licence", "specialty"));
        Set<String> included = new HashSet<>(List.of("foo", "*", "Organization:partof", "Device:organization"));
        for (JsonNode resource : resources) {
            resource.path("searchParam")
                    .forEach(parameter -> parameters.add(parameter.path("name").asText()));
            texts(resource.path("searchInclude")).forEach(included::add);
            texts(resource.path("searchRevInclude")).forEach(included::add);
        }
        for (JsonNode resource : resources) {
            String type = resource.path("type").asText();
            List<String> declared = resource.path("searchParam").findValuesAsText("name");
            assertThat(declared).contains("_id", "mailbox-mss");
            for (String parameter : parameters) {
                String value = VALUES.getOrDefault(parameter, "x");
                assertThat(get(type + "?" + parameter + "=" + value, "client").status())
                        .as(type + " " + parameter)
                        .isEqualTo(declared.contains(parameter) ? 200 : 400);
            }
            for (JsonNode parameter : resource.path("searchParam")) {
                String name = parameter.path("name").asText();
                boolean text = parameter.path("type").asText().equals("string");
                assertThat(get(type + "?" + name + ":contains=" + VALUES.getOrDefault(name, "x"), "client")
                                .status())
                        .as(type + " " + name + ":contains")
                        .isEqualTo(text ? 200 : 400);
            }
            for (String value : included) {
                assertThat(get(type + "?_count=1&_include=" + value, "client").status())
                        .as(type + " _include " + value)
                        .isEqualTo(texts(resource.path("searchInclude")).contains(value) ? 200 : 400);
                assertThat(get(type + "?_count=1&_revinclude=" + value, "client")
                                .status())
                        .as(type + " _revinclude " + value)
                        .isEqualTo(texts(resource.path("searchRevInclude")).contains(value) ? 200 : 400);
            }
        }
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    @Test
    void nobodyLearnsAnythingWithoutLoggingIn() {
        assertThat(send("metadata", Map.of()).status()).isEqualTo(401);
        assertThat(send("Practitioner", Map.of("Authorization", basic("client", "wrong")))
                        .status())
                .isEqualTo(401);
        assertThat(send("Practitioner", Map.of("Authorization", "Basic %%%")).status())
                .isEqualTo(401);
        assertThat(send("Practitioner", Map.of("Authorization", "Bearer x")).status())
                .isEqualTo(401);
    }

    @Test
    void speaksNoXml() {
        Map<String, String> headers =
                Map.of("Authorization", basic("client", secret("client")), "Accept", "application/fhir+xml");

        assertThat(send("metadata", headers).status()).isEqualTo(406);
    }

    @Test
    void whatBelongsToNoApiIsAnsweredByItsStatusAlone() throws Exception {
        URI uri = URI.create("https://localhost:" + fixture.httpsPort() + "/elsewhere");
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKey("server");
    }

    @Test
    void isNoServerBeforeSomebodyConnects(@TempDir Path folder) throws IOException {
        try (RegistryDatabase database = RegistryDatabase.open(folder, 2);
                DirectoryIndex index =
                        DirectoryIndex.open(folder.resolve("index"), 1, Duration.ofMinutes(1), Clock.systemUTC());
                WebPort port = port(folder, database, index)) {
            assertThat(port.isServing()).isFalse();

            URI uri = URI.create("https://localhost:" + port.port() + "/fhir/v2" + "/metadata");
            assertThat(sent(HttpRequest.newBuilder(uri).build()).status()).isEqualTo(401);
            assertThat(port.isServing()).isTrue();
        }
    }

    private static WebPort port(Path folder, RegistryDatabase database, DirectoryIndex index) {
        Logins logins = new Logins(
                new ServiceSecrets(Map.of()),
                Optional.of(new PersonalFixture(database, folder, Clock.systemUTC()).access()),
                new Lockout(
                        new LockoutRules(
                                new Allowance(5, Duration.ofHours(1)),
                                new Allowance(5, Duration.ofHours(1)),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Set.of(),
                                10),
                        Clock.systemUTC()),
                entry -> {});
        var key = KeyMaterial.load(SharedPki.folder().resolve("annuaire"));
        FhirLimits limits = new FhirLimits(50, 500, 10_000, 200, Duration.ofSeconds(5), 10);
        return WebPort.open(
                new WebPort.Configuration(
                        InetAddress.getLoopbackAddress(),
                        0,
                        TlsContexts.mutual(key, key.chain()),
                        new WebLimits(10, 8, Duration.ofMinutes(1))),
                new WebPort.Parts(logins, List.of(new FhirSite(index, limits, Clock.systemUTC()))));
    }

    private record Answer(int status, JsonNode body) {}

    private static JsonNode search(String question) {
        Answer answer = get(question, "client");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> all(String question) {
        JsonNode page = search(question);
        List<String> found = new ArrayList<>(ids(page));
        while (!next(page).isEmpty()) {
            page = follow(page, "client");
            found.addAll(ids(page));
        }
        return found;
    }

    private static List<String> modes(JsonNode bundle) {
        return bundle.path("entry").findValuesAsText("mode");
    }

    private static JsonNode only(JsonNode bundle) {
        assertThat(bundle.path("entry")).as(bundle.toString()).hasSize(1);
        return bundle.at("/entry/0/resource");
    }

    private static List<String> ids(JsonNode bundle) {
        List<String> ids = new ArrayList<>();
        bundle.path("entry").forEach(entry -> ids.add(entry.at("/resource/id").asText()));
        return ids;
    }

    private static String next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    private static JsonNode follow(JsonNode bundle, String who) {
        Answer answer = sent(HttpRequest.newBuilder(URI.create(next(bundle)))
                .header("Authorization", basic(who, secret(who)))
                .build());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static Answer get(String path, String who) {
        return send(path, Map.of("Authorization", basic(who, secret(who))));
    }

    private static Answer send(String path, Map<String, String> headers) {
        String escaped = path.replace("|", URLEncoder.encode("|", StandardCharsets.UTF_8));
        URI uri = URI.create("https://localhost:" + fixture.httpsPort() + "/fhir/v2" + "/" + escaped);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        return sent(request.build());
    }

    private static Answer sent(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String secret(String who) {
        return fixture.secret(who.contains("@") ? who + ".password" : "ldap-" + who + ".secret");
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
