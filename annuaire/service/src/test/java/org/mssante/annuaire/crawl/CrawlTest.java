package org.mssante.annuaire.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;

/** Readings of the national API, played by a real HTTPS server. */
final class CrawlTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T02:00:00Z");
    private static final int PEOPLE = 5;

    @TempDir
    private Path folder;

    private NationalApi api;
    private Path edition;
    private Instant now = BEGIN;
    private Duration whole = Duration.ofDays(7);
    private int maxPages = 100;
    private int maxPageBytes = 1_000_000;
    private long maxBytes = 10_000_000;

    @BeforeEach
    void publish() throws IOException {
        api = new NationalApi(KeyMaterial.load(SharedPki.folder().resolve("annuaire")));
        edition = folder.resolve("edition.zip");
        Files.writeString(folder.resolve("key"), NationalApi.KEY + "\n", StandardCharsets.UTF_8);
        api.put(BEGIN, RegisterResources.organization("001-1", "1990000010", "accueil@ch-fictif.mssante.fr"));
        for (int i = 0; i < PEOPLE; i++) {
            api.put(BEGIN, person(i));
            api.put(BEGIN, RegisterResources.role("005-" + i, "003-" + i, "001-1", "p" + i + "@ch-fictif.mssante.fr"));
        }
        api.largestPage(2);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void readsAllPagesOfAllKindsIntoAnEditionInTheFormOfTheExtracts() throws IOException {
        assertThat(read()).isTrue();

        assertThat(lines("PS_LibreAcces_Personne_activite"))
                .hasSize(1 + 2 * PEOPLE)
                .anyMatch(line -> line.startsWith("8|10999010000|DR|NOM0|ÉLISE ANNE|10|Médecin||")
                        && line.contains("|0100000000|SA01|FON-AU|")
                        && line.contains("|990000010|||CH \"DE TEST\"|"));
        assertThat(lines("PS_LibreAcces_SavoirFaire")).contains("8|10999010003|10|S|SM54|SM54|");
        assertThat(lines("Extraction_Correspondance_MSSante"))
                .hasSize(1 + 2 * PEOPLE + 1)
                .anyMatch(line -> line.startsWith("ORG|accueil@ch-fictif.mssante.fr|||1|990000010|CARDIOLOGIE|")
                        && line.contains("|75014 PARIS|75014|"))
                .anyMatch(line -> line.startsWith("PER|perso0@medecin.mssante.fr|8|10999010000||||DR|NOM0|ÉLISE ANNE|"))
                .anyMatch(line -> line.startsWith("PER|p0@ch-fictif.mssante.fr|8|10999010000|1|990000010||"));
        assertThat(api.asked())
                .containsExactly(
                        "Organization?_count=50&_total=accurate 200",
                        "Practitioner?_count=50&_total=accurate 200",
                        "_page 200",
                        "_page 200",
                        "PractitionerRole?_count=50&_total=accurate 200",
                        "_page 200",
                        "_page 200");
    }

    @Test
    void takesTheDiplomasOfAProfessional() throws IOException {
        api.put(BEGIN, person(1).replace(",'display':'DE Docteur en médecine'", ""));
        read();

        assertThat(lines("PS_LibreAcces_Dipl_AutExerc"))
                .hasSize(1 + PEOPLE)
                .contains("8|10999010000|DE|DE09|DE Docteur en médecine|")
                .as("without a label its code")
                .contains("8|10999010001|DE|DE09|DE09|");
    }

    @Test
    void keepsEachNumberThatTheApiHasForAStructure() throws IOException {
        api.put(
                BEGIN,
                RegisterResources.organization("001-1", "1990000010", "accueil@ch-fictif.mssante.fr")
                        .replace(
                                "'identifier':[",
                                "'identifier':[" + identifier("FINEJ", "finess.esante.gouv.fr", "990000101") + ","
                                        + identifier("FINEG", "finess.esante.gouv.fr", "990000010") + ","
                                        + identifier("SIRET", "sirene.fr", "99900900700015") + ","
                                        + identifier("SIREN", "sirene.fr", "999009007") + ","
                                        + identifier("RPPSRG", "rppsrang.esante.gouv.fr", "10999011199002") + ","));
        read();

        assertThat(lines("PS_LibreAcces_Personne_activite"))
                .anyMatch(line ->
                        line.contains("|99900900700015|999009007|990000010|990000101|R10999011199002|CH \"DE TEST\"|"));
    }

    @Test
    void aStructureWithASiretIsNotNamedByTheLegalEntityItBelongsTo() throws IOException {
        api.put(BEGIN, withLegalEntity("GEOGRAPHICAL-ENTITY"));
        read();
        assertThat(lines("PS_LibreAcces_Personne_activite"))
                .anyMatch(line -> line.contains("|99900900700015|||990000101||CH \"DE TEST\"|"));
        assertThat(lines("Extraction_Correspondance_MSSante"))
                .anyMatch(line -> line.startsWith("ORG|accueil@ch-fictif.mssante.fr|||3|99900900700015|"));

        api.put(BEGIN.plus(Duration.ofHours(1)), withLegalEntity("LEGAL-ENTITY"));
        now = BEGIN.plus(Duration.ofHours(2));
        read();
        assertThat(lines("PS_LibreAcces_Personne_activite"))
                .as("that itself")
                .anyMatch(line -> line.contains("|99900900700015||990000101|||CH \"DE TEST\"|"));
    }

    private static String withLegalEntity(String type) {
        return RegisterResources.organization("001-1", "none", "accueil@ch-fictif.mssante.fr")
                .replace(
                        "'identifier':[",
                        "'identifier':[" + identifier("FINEJ", "finess.esante.gouv.fr", "990000101") + ","
                                + identifier("SIRET", "sirene.fr", "99900900700015") + ",")
                .replace("'type':[", "'type':[{'coding':[{'code':'" + type + "'}]},");
    }

    private static String identifier(String type, String system, String value) {
        return "{'type':{'coding':[{'code':'" + type + "'}]},'system':'https://" + system + "','value':'" + value
                + "'}";
    }

    @Test
    void mailboxesOfTheListeRougeAndOrdinaryAddressesStayOutside() throws IOException {
        api.put(BEGIN, RegisterResources.unlisted("003-9", "10999010092", "secret@medecin.mssante.fr"));
        read();

        assertThat(String.join("\n", lines("Extraction_Correspondance_MSSante")))
                .doesNotContain("secret@", "contact@ch-test.invalid");
        assertThat(lines("PS_LibreAcces_Personne_activite")).anyMatch(line -> line.contains("10999010092"));
    }

    @Test
    void asksLaterOnlyForWhatHasChangedAndAnHourMore() throws IOException {
        read();
        api.forgetQuestions();
        now = BEGIN.plus(Duration.ofHours(5));
        assertThat(read()).isFalse();
        assertThat(api.asked())
                .containsExactly(
                        "Organization?_count=50&_lastUpdated=ge2026-11-01T01:00:00Z 200",
                        "Practitioner?_count=50&_lastUpdated=ge2026-11-01T01:00:00Z 200",
                        "_page 200",
                        "_page 200",
                        "PractitionerRole?_count=50&_lastUpdated=ge2026-11-01T01:00:00Z 200",
                        "_page 200",
                        "_page 200");

        now = BEGIN.plus(Duration.ofHours(6));
        api.put(now, person(1).replace("NOM1", "AUTRE"));
        api.put(now, "{'resourceType':'Practitioner','id':'003-2','active':false}");
        api.put(now, "{'resourceType':'PractitionerRole','id':'005-2','active':false}");
        now = BEGIN.plus(Duration.ofHours(10));
        api.forgetQuestions();
        assertThat(read()).isTrue();

        assertThat(api.asked()).hasSize(3).allMatch(line -> line.contains("_lastUpdated=ge2026-11-01T06:00:00Z"));
        assertThat(lines("PS_LibreAcces_Personne_activite"))
                .hasSize(1 + 2 * (PEOPLE - 1))
                .anyMatch(line -> line.contains("AUTRE"))
                .noneMatch(line -> line.contains("NOM1") || line.contains("10999010002"));
    }

    @Test
    void whatGoesWithoutAWordIsMissedUntilEverythingIsReadAgain() throws IOException {
        read();
        api.lose("Practitioner", "003-4");
        api.lose("PractitionerRole", "005-4");
        now = BEGIN.plus(Duration.ofDays(2));
        assertThat(read()).isFalse();

        now = BEGIN.plus(whole);
        api.forgetQuestions();
        assertThat(read()).isTrue();

        assertThat(api.asked()).first().isEqualTo("Organization?_count=50&_total=accurate 200");
        assertThat(lines("PS_LibreAcces_Personne_activite")).noneMatch(line -> line.contains("10999010004"));
    }

    @Test
    void readsEverythingWhereTheLastReadingIsFurtherBackThanTheApiTells() throws IOException {
        whole = Duration.ofDays(365);
        read();
        now = BEGIN.plus(Duration.ofDays(28));
        api.forgetQuestions();
        read();

        assertThat(api.asked()).noneMatch(line -> line.contains("_lastUpdated"));
    }

    @Test
    void goesOnWhereItWasBrokenOff() throws IOException {
        api.refuse(200, 200, 500, 500, 500);
        assertThatThrownBy(this::read).hasMessage("it answered HTTP 500");
        assertThat(edition).doesNotExist();
        api.forgetQuestions();

        assertThat(read()).isTrue();

        assertThat(api.asked()).first().isEqualTo("_page 200");
        assertThat(api.asked()).noneMatch(line -> line.startsWith("Practitioner?"));
        assertThat(lines("PS_LibreAcces_Personne_activite")).hasSize(1 + 2 * PEOPLE);
    }

    @Test
    void goesOnWhereItWasWhenTheServiceStopped() throws IOException {
        Thread reader = Thread.currentThread();
        api.before(() -> {
            if (api.asked().size() == 3) {
                reader.interrupt();
            }
        });
        assertThatThrownBy(this::read).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        api.before(() -> {});
        api.forgetQuestions();

        assertThat(read()).isTrue();

        assertThat(api.asked()).first().isEqualTo("_page 200");
        assertThat(lines("PS_LibreAcces_Personne_activite")).hasSize(1 + 2 * PEOPLE);
    }

    @Test
    void asksAgainForAPageThatDidNotCome() throws IOException {
        api.refuse(429, 503);

        assertThat(read()).isTrue();

        assertThat(api.asked())
                .startsWith(
                        "Organization?_count=50&_total=accurate 429",
                        "Organization?_count=50&_total=accurate 503",
                        "Organization?_count=50&_total=accurate 200");
    }

    @Test
    void readsAKindAnewWhereTheServerHasForgottenItsLink() throws IOException {
        api.refuse(200, 200, 500, 500, 500);
        assertThatThrownBy(this::read).hasMessage("it answered HTTP 500");
        api.forgetPlaces();
        api.forgetQuestions();

        assertThat(read()).isTrue();

        assertThat(api.asked()).startsWith("_page 410", "Practitioner?_count=50&_total=accurate 200");
        assertThat(lines("PS_LibreAcces_Personne_activite")).hasSize(1 + 2 * PEOPLE);
    }

    @Test
    void followsNoLinkToAnotherServer() {
        api.leadTo("https://localhost:1/fhir/v2");

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("its link to the next page leads to https://localhost:1, not to ");
        assertThat(edition).doesNotExist();
    }

    @Test
    void aKeyThatIsRefusedIsToldAsThat() throws IOException {
        Files.writeString(folder.resolve("key"), "another\n", StandardCharsets.UTF_8);

        assertThatThrownBy(this::read).isInstanceOf(KeyRefusedException.class);
        assertThat(api.asked()).hasSize(1);

        Files.delete(folder.resolve("key"));
        assertThatThrownBy(this::read).isInstanceOf(KeyRefusedException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void aReadingWithLessThanWasAnnouncedIsNoEdition() {
        api.announceMore(1);

        assertThatThrownBy(this::read).hasMessage("it sent 1 of 2 Organization");
        assertThat(edition).doesNotExist();
    }

    @Test
    void aPageThatIsTooLargeIsNotTaken() {
        maxPageBytes = 500;

        assertThatThrownBy(this::read).hasMessage("it is larger than 500 bytes");
    }

    @Test
    void aReadingBeyondItsLimitsIsGivenUp() {
        maxPages = 2;
        assertThatThrownBy(this::read).hasMessage("it has more than 2 pages of Practitioner");

        maxPages = 100;
        maxBytes = 2_000;
        assertThatThrownBy(this::read).hasMessage("it is larger than 2000 bytes");
    }

    @Test
    void whatCannotBeReadOnTheDiskIsReadAnew() throws IOException {
        read();
        Files.writeString(folder.resolve("fhir.kept"), "no such thing".repeat(1_000), StandardCharsets.UTF_8);
        api.forgetQuestions();

        assertThat(read()).isTrue();
        assertThat(api.asked()).first().isEqualTo("Organization?_count=50&_total=accurate 200");
    }

    @Test
    void aResourceWithoutItsIdentifierIsALineThatCounts() throws IOException {
        api.put(BEGIN, "{'resourceType':'Practitioner','id':'003-8','active':true}");
        api.put(BEGIN, RegisterResources.role("005-8", "003-77", "001-1", "p8@ch-fictif.mssante.fr"));
        read();

        assertThat(lines("PS_LibreAcces_Personne_activite").stream().filter(line -> line.matches("\\|+")))
                .as("one without RPPS, and the role of one who is not there")
                .hasSize(2);
    }

    private static String person(int number) {
        return RegisterResources.person(
                "003-" + number, "1099901000" + number, "NOM" + number, "perso" + number + "@medecin.mssante.fr");
    }

    private boolean read() throws IOException {
        WebClient web = new WebClient(
                () -> PemFiles.certificatesOfFolder(SharedPki.folder().resolve("anchors")),
                Optional.empty(),
                new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), maxPageBytes));
        return new Crawl(
                        new FhirApi(
                                api.base(),
                                folder.resolve("key"),
                                50,
                                Duration.ZERO,
                                List.of(Duration.ofMillis(1), Duration.ofMillis(1))),
                        new CrawlRules(whole, Duration.ofDays(28), Duration.ofHours(1), maxPages, maxBytes, 1),
                        web,
                        folder,
                        Clock.fixed(now, ZoneOffset.UTC))
                .read(edition);
    }

    private List<String> lines(String extract) throws IOException {
        try (ZipFile zip = new ZipFile(edition.toFile())) {
            byte[] text = zip.getInputStream(zip.getEntry(extract + ".txt")).readAllBytes();
            return new ArrayList<>(
                    new String(text, StandardCharsets.UTF_8).lines().toList());
        }
    }
}
