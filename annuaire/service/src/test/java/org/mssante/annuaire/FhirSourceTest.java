package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.crawl.NationalApi;
import org.mssante.annuaire.crawl.RegisterResources;
import org.mssante.certs.SharedPki;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** A real service that reads the register over the national FHIR API, played by a real web server. */
final class FhirSourceTest {
    private static final int PEOPLE = 60;

    private RunFolder folder;
    private Path run;
    private OperatorCommands commands;

    private NationalApi api;
    private Optional<AnnuaireService> service = Optional.empty();
    private AnnuaireFixture fixture;

    @BeforeEach
    void publish() throws IOException {
        folder = RunFolder.create();
        run = folder.path();
        commands = new OperatorCommands(run);
        api = new NationalApi(KeyMaterial.load(SharedPki.folder().resolve("annuaire")));
        api.largestPage(25);
        api.put(Instant.now(), RegisterResources.organization("001-1", "1990000010", "accueil@ch-fictif.mssante.fr"));
        for (int i = 0; i < PEOPLE; i++) {
            api.put(Instant.now(), person(i, "NOM" + i));
            api.put(Instant.now(), RegisterResources.role("005-" + i, "003-" + i, "001-1", "p" + i + "@ch.mssante.fr"));
        }
        Path key = Files.writeString(run.resolve("api.key"), NationalApi.KEY + "\n", StandardCharsets.UTF_8);
        fixture = new AnnuaireFixture(run)
                .set("register.fhir.url", api.base().toString())
                .set("register.fhir.key", key.toString())
                .set("register.fhir.pause", "PT0S")
                .set("register.fetch.disk-reserve-megabytes", "1")
                .set("register.hold.fewest", "2")
                .set("register.check.interval", "PT1H");
    }

    @AfterEach
    void stop() throws IOException {
        service.ifPresent(AnnuaireService::close);
        api.close();
        folder.close();
    }

    @Test
    void whatTheApiHoldsComesIntoForceByItselfAndWhatChangesFollows() throws IOException, LDAPException {
        start();
        awaitRuns("APPLIED", 1);
        assertThat(addresses("nom7")).containsExactlyInAnyOrder("p7@ch.mssante.fr", "perso7@medecin.mssante.fr");

        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(commands.out()).contains("fhir: it has no newer edition").contains("address: " + api.base());

        api.put(Instant.now(), person(7, "AUTREMENT"));
        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(commands.out()).contains("fhir: a new edition has come");
        awaitRuns("APPLIED", 2);
        assertThat(addresses("autrement")).contains("p7@ch.mssante.fr");
    }

    @Test
    void anEditionThatTakesTooMuchAwayWaitsForAPersonsWord() throws IOException, LDAPException {
        start();
        awaitRuns("APPLIED", 1);
        for (int i = 0; i < 4; i++) {
            api.put(Instant.now(), "{'resourceType':'PractitionerRole','id':'005-" + i + "','active':false}");
        }

        assertThat(run("annuaire", "fetch")).isZero();

        awaitRuns("HELD", 1);
        await().until(() -> fixture.health().contains("MSS-H15"));
        assertThat(addresses("nom3")).contains("p3@ch.mssante.fr");
    }

    @Test
    void aKeyThatIsRefusedIsAnAlarmOfItsOwn() throws IOException {
        Files.writeString(run.resolve("api.key"), "another", StandardCharsets.UTF_8);
        start();

        await().until(() -> fixture.health().contains("MSS-H25"));
        assertThat(fixture.health())
                .contains("fhir, since ", "it answered HTTP 401")
                .doesNotContain("MSS-H23");

        Files.writeString(run.resolve("api.key"), NationalApi.KEY, StandardCharsets.UTF_8);
        assertThat(run("annuaire", "fetch")).isZero();
        assertThat(fixture.health()).doesNotContain("MSS-H25");
    }

    @Test
    void anApiThatLeadsElsewhereFails() {
        api.leadTo("https://elsewhere.invalid/fhir/v2");
        start();

        await().until(() -> fixture.health().contains("MSS-H23"));
    }

    @Test
    void theApiAndExtractsTogetherAreRefused() {
        fixture.set("register.fetch.mailboxes", "https://extracts.invalid/mailboxes");

        assertThatThrownBy(this::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("register.fhir.url")
                .hasMessageContaining("choose one");
    }

    private static String person(int number, String name) {
        return RegisterResources.person(
                "003-" + number, "109990100%02d".formatted(number), name, "perso" + number + "@medecin.mssante.fr");
    }

    /** Of the mailboxes of somebody by that family name. */
    private List<String> addresses(String name) throws LDAPException {
        try (LDAPConnection connection = new LDAPConnection(
                TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory(),
                "localhost",
                fixture.ldapsPort())) {
            connection.bind(LdapNames.serviceDn("server"), fixture.secret("ldap-server.secret"));
            return connection
                    .search(
                            LdapNames.branchDn(LdapNames.MAILBOXES),
                            SearchScope.ONE,
                            Filter.createEqualityFilter("sn", name))
                    .getSearchEntries()
                    .stream()
                    .map(entry -> entry.getAttributeValue("mail"))
                    .toList();
        }
    }

    private void start() {
        service = Optional.of(fixture.start());
    }

    private void awaitRuns(String end, int times) {
        await().until(() -> fixture.registerRuns()
                        .lines()
                        .filter(line -> line.contains(end))
                        .count()
                == times);
    }

    private int run(String... words) {
        return commands.run(words);
    }
}
