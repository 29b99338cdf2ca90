package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.cli.AnnuaireCommand;
import org.mssante.certs.SharedPki;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
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

    /** Short: a socket's path has a hundred characters at most. */
    private Path run;

    private TestWebServer publisher;
    private Optional<AnnuaireService> service = Optional.empty();
    private AnnuaireFixture fixture;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void publish() throws IOException {
        run = Files.createTempDirectory("src");
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
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whatIsPublishedComesIntoForceByItselfAndIsAskedForAgainOnlyWhereItChanged() throws IOException {
        start();
        awaitInForce();

        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(out.toString())
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
        assertThat(out.toString())
                .contains("professionals: it has no newer edition")
                .contains("mailboxes: a new edition has come");
        await().until(() ->
                runs().lines().filter(line -> line.contains("APPLIED")).count() == 2);
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
        assertThat(health()).doesNotContain("MSS-H23");
        byte[] stood = Files.readAllBytes(fetched(ACTIVITIES + ".zip"));

        publisher.goDown();
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(out.toString()).contains("the last edition stays").contains("fault: it answered HTTP 503");
        assertThat(health()).contains("MSS-H23").contains("professionals, since ");

        publisher.comeBack();
        publisher.put(PROFESSIONALS, octets("<html>Maintenance</html>\n"));
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(out.toString()).contains("has no column");

        publisher.put(PROFESSIONALS, archive(withoutLastLine(text(ACTIVITIES)), 40));
        assertThat(run("annuaire", "fetch")).isEqualTo(1);
        assertThat(out.toString()).containsPattern("fault: .*(zip|ZIP|damaged|END)");

        assertThat(Files.readAllBytes(fetched(ACTIVITIES + ".zip"))).isEqualTo(stood);
        assertThat(run("annuaire", "sync")).isZero();
        assertThat(out.toString()).contains("have not changed");

        publisher.put(PROFESSIONALS, archive(text(ACTIVITIES), NO_CUT));
        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(health()).doesNotContain("MSS-H23");
    }

    @Test
    void withoutAnyEditionOurMailboxesAreThereAndNobodyIsFlagged() throws IOException {
        publisher.goDown();
        start();
        await().until(() -> health().contains("MSS-H23"));

        try (LdapDirectory directory = fixture.directory("server")) {
            assertThat(directory.mailbox(MailAddress.parse("noe.dupuits@demo.mssante.fr")))
                    .isInstanceOf(Lookup.Found.class);
        }
        assertThat(run("annuaire", "review")).isZero();
        assertThat(out.toString()).doesNotContain("HOLDER_LEFT");
        assertThat(run("annuaire", "sync")).isEqualTo(1);
        assertThat(out.toString()).contains("there is no extract in");
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

        await().until(() -> health().contains("is larger than 1048576 bytes"));
        assertThat(fetched(ACTIVITIES + ".zip")).doesNotExist();
    }

    private void start() {
        service = Optional.of(fixture.start());
    }

    private void awaitInForce() {
        await().until(() -> runs().contains("APPLIED")
                && runs().contains("\"professionals\":{\"added\"")
                && runs().contains("\"mailboxes PER\":{\"added\""));
    }

    private Path fetched(String name) {
        return run.resolve("annuaire/data/extracts").resolve(name);
    }

    private String runs() throws IOException {
        Path runs = run.resolve("annuaire/data/register-runs.jsonl");
        return Files.exists(runs) ? Files.readString(runs) : "";
    }

    private String health() throws IOException {
        try (ControlClient.Reply reply = new ControlClient(ControlAddress.of(run, "annuaire"), Duration.ofSeconds(10))
                .get(List.of("health"), Map.of())) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return AnnuaireCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(words), Stream.of("--run-dir", run.toString()))
                        .toArray(String[]::new));
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
