package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.certs.SharedPki;
import org.mssante.core.fetch.TestProxy;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;

/** A real service that fetches the extracts from a real web server, as an operator sees it. */
final class RegisterSourcesTest {
    private static final String PROFESSIONALS = "/extraction/PS_LibreAcces";
    private static final String MAILBOXES = "/extraction/Extraction_Correspondance_MSSante";
    private static final String STAMP = "_202611200312.txt";
    private static final String ACTIVITIES = "PS_LibreAcces_Personne_activite";
    private static final String SKILLS = "PS_LibreAcces_SavoirFaire";
    private static final String CORRESPONDENCE = "Extraction_Correspondance_MSSante";
    private static final int NO_CUT = 0;

    private RunFolder folder;
    private Path run;
    private OperatorCommands commands;

    private TestWebServer publisher;
    private Optional<AnnuaireService> service = Optional.empty();
    private AnnuaireFixture fixture;

    @BeforeEach
    void publish() throws IOException {
        folder = RunFolder.create();
        run = folder.path();
        commands = new OperatorCommands(run);
        publisher = TestWebServer.https(KeyMaterial.load(SharedPki.folder().resolve("annuaire")));
        publisher.put(PROFESSIONALS, archive(text(ACTIVITIES), NO_CUT));
        publisher.put(MAILBOXES, octets(text(CORRESPONDENCE)));
        fixture = new AnnuaireFixture(run)
                .set(
                        "register.fetch.professionals",
                        publisher.address(PROFESSIONALS).toString())
                .set("register.fetch.mailboxes", publisher.address(MAILBOXES).toString())
                .set("register.fetch.disk-reserve-megabytes", "1")
                .set("register.check.interval", "PT1H");
    }

    @AfterEach
    void stop() throws IOException {
        service.ifPresent(AnnuaireService::close);
        publisher.close();
        folder.close();
    }

    @Test
    void whatIsPublishedComesIntoForceByItselfAndIsAskedForAgainOnlyWhereItChanged() throws IOException {
        start();
        awaitInForce();

        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(commands.out())
                .contains("professionals: it has no newer edition")
                .contains("mailboxes: it has no newer edition");
        assertThat(publisher.asked())
                .containsExactly(
                        "GET " + PROFESSIONALS + " 200",
                        "GET " + MAILBOXES + " 200",
                        "GET " + PROFESSIONALS + " 304",
                        "GET " + MAILBOXES + " 304");

        publisher.put(MAILBOXES, octets(withoutLastLine(text(CORRESPONDENCE))));
        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(commands.out())
                .contains("professionals: it has no newer edition")
                .contains("mailboxes: a new edition has come");
        await().until(() -> fixture.registerRuns()
                        .lines()
                        .filter(line -> line.contains("APPLIED"))
                        .count()
                == 2);
    }

    @Test
    void aServiceThatStartsAgainKnowsWhichEditionsItHas() throws IOException {
        start();
        awaitInForce();
        service.orElseThrow().close();

        start();
        await().until(() -> publisher.asked().contains("GET " + MAILBOXES + " 304"));

        assertThat(publisher.asked().stream().filter(line -> line.endsWith(" 200")))
                .hasSize(2);
    }

    @Test
    void aSourceThatFailsLeavesTheLastEditionAndWarns() throws IOException {
        start();
        awaitInForce();
        assertThat(fixture.health()).doesNotContain("MSS-H23");
        byte[] stood = Files.readAllBytes(fetched(ACTIVITIES + ".zip"));

        publisher.goDown();
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(commands.out()).contains("the last edition stays").contains("fault: it answered HTTP 503");
        assertThat(fixture.health()).contains("MSS-H23").contains("professionals, since ");

        publisher.comeBack();
        publisher.put(PROFESSIONALS, octets("<html>Maintenance</html>\n"));
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(commands.out()).contains("The extract PS_LibreAcces_Personne_activite has no column");

        publisher.put(PROFESSIONALS, archive(withoutLastLine(text(ACTIVITIES)), 40));
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(commands.out()).containsPattern("fault: .*(zip|ZIP|damaged|END)");

        assertThat(Files.readAllBytes(fetched(ACTIVITIES + ".zip"))).isEqualTo(stood);
        assertThat(run("annuaire", "sync")).isZero();
        assertThat(commands.out()).contains("have not changed");

        publisher.put(PROFESSIONALS, archive(text(ACTIVITIES), NO_CUT));
        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(fixture.health()).doesNotContain("MSS-H23");
    }

    @Test
    void withoutAnyEditionOurMailboxesAreThereAndNobodyIsFlagged() throws IOException {
        publisher.goDown();
        start();
        await().until(() -> fixture.health().contains("MSS-H23"));

        try (LdapDirectory directory = fixture.directory("server")) {
            assertThat(directory.mailbox(MailAddress.parse("noe.dupuits@demo.mssante.fr")))
                    .isInstanceOf(Lookup.Found.class);
        }
        assertThat(run("annuaire", "review")).isZero();
        assertThat(commands.out()).doesNotContain("HOLDER_LEFT");
        assertThat(run("annuaire", "sync")).isEqualTo(1);
        assertThat(commands.out()).contains("there is no extract in");
    }

    @Test
    void theWayLeadsThroughAProxyThatAsksWhoWeAre() throws IOException {
        Path credentials = Files.writeString(run.resolve("proxy.secret"), "annuaire:sesame\n");
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("annuaire:sesame".getBytes(StandardCharsets.UTF_8));
        try (TestProxy proxy = TestProxy.asking(basic)) {
            fixture.set("register.fetch.proxy", "localhost:" + proxy.address().getPort())
                    .set("register.fetch.proxy.credentials", credentials.toString());
            start();
            awaitInForce();

            String target = "localhost:" + publisher.address("/").getPort();
            assertThat(proxy.asked()).isNotEmpty().allMatch(("CONNECT " + target)::equals);
        }
    }

    @Test
    void anExtractThatInflatesBeyondTheLimitIsRefused() throws IOException {
        fixture.set("register.fetch.max-text-megabytes", "1");
        publisher.put(PROFESSIONALS, archive(text(ACTIVITIES) + "|".repeat(1_100_000) + "\n", NO_CUT));
        start();

        await().until(() -> fixture.health().contains("is larger than 1048576 bytes"));
        assertThat(fetched(ACTIVITIES + ".zip")).doesNotExist();
    }

    private void start() {
        service = Optional.of(fixture.start());
    }

    private void awaitInForce() {
        await().until(() -> fixture.registerRuns().contains("APPLIED")
                && fixture.registerRuns().contains("\"professionals\":{\"added\"")
                && fixture.registerRuns().contains("\"mailboxes PER\":{\"added\""));
    }

    private Path fetched(String name) {
        return run.resolve("annuaire/data/extracts").resolve(name);
    }

    private int run(String... words) {
        return commands.run(words);
    }

    private static String text(String extract) throws IOException {
        return Files.readString(
                AnnuaireFixture.home().resolve("conf/demo/extracts").resolve(extract + STAMP));
    }

    private static String withoutLastLine(String text) {
        return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As the ANS delivers them, but for some octets at its end that are lost. */
    private static byte[] archive(String activities, int lost) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(ACTIVITIES + STAMP));
            zip.write(octets(activities));
            zip.putNextEntry(new ZipEntry(SKILLS + STAMP));
            zip.write(octets(text(SKILLS)));
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - lost);
    }
}
