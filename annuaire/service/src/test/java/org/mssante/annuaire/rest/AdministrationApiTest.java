package org.mssante.annuaire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.OperatorCommands;
import org.mssante.annuaire.RunFolder;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;

/** A plain HTTP client against the administration API of a real annuaire with the demonstration's mailboxes. */
final class AdministrationApiTest {
    private static final String OPERATOR = "dr.martin@demo.medecin.mssante.fr";
    private static final String ADMINISTRATOR = "gaelle.deseglantines@demo.mssante.fr";
    private static final String MANAGER = "noe.dupuits@demo.mssante.fr";
    private static final String MEMBER = "dr.test@demo.medecin.mssante.fr";
    private static final String STRANGER = "dr.discret@demo.medecin.mssante.fr";
    private static final String MANAGED = "pharmacie.dupuits@demo.mssante.fr";
    private static final String STRUCTURE = "399900100100018";
    private static final String OTHER_STRUCTURE = "399900001100018";
    private static final String REASON = "{\"reason\":\"essai\"}";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Short: a socket's path has a hundred characters at most. */
    private static RunFolder folder;

    private static Path run;
    private static OperatorCommands commands;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static ApiClient client;

    @BeforeAll
    static void start() throws IOException {
        folder = RunFolder.create();
        run = folder.path();
        commands = new OperatorCommands(run);
        fixture = new AnnuaireFixture(run)
                .set("mail.domains", "demo.mssante.fr, demo.medecin.mssante.fr, autre-domaine.mssante.fr")
                .set("administration.request.max-bytes", "2000")
                .set("administration.request.time", "PT0.5S")
                .set("administration.page", "3")
                .set("administration.page.max", "5")
                .set("lockout.first-delay", "PT5M");
        service = fixture.start();
        client = new ApiClient(fixture);
        assertThat(commands.output("administrator", "add", OPERATOR, "--operator", "--reason", "exploitant"))
                .contains("OPERATOR");
        assertThat(commands.output(
                        "administrator", "add", ADMINISTRATOR, "--structure", STRUCTURE, "--reason", "référente"))
                .contains(STRUCTURE);
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        folder.close();
    }

    /** Who may do what: in a mailbox of one's own structure or care, and in another one. */
    @ParameterizedTest
    @CsvSource({
        "dr.martin@demo.medecin.mssante.fr,    look,     200, 200",
        "dr.martin@demo.medecin.mssante.fr,    history,  200, 200",
        "dr.martin@demo.medecin.mssante.fr,    create,   201, 201",
        "dr.martin@demo.medecin.mssante.fr,    change,   200, 200",
        "dr.martin@demo.medecin.mssante.fr,    move,     200, 200",
        "dr.martin@demo.medecin.mssante.fr,    rights,   200, 200",
        "dr.martin@demo.medecin.mssante.fr,    unrights, 200, 200",
        "dr.martin@demo.medecin.mssante.fr,    suspend,  200, 200",
        "dr.martin@demo.medecin.mssante.fr,    close,    200, 200",
        "dr.martin@demo.medecin.mssante.fr,    reopen,   200, 200",
        "dr.martin@demo.medecin.mssante.fr,    purge,    409, 409",
        "gaelle.deseglantines@demo.mssante.fr, look,     200, 404",
        "gaelle.deseglantines@demo.mssante.fr, history,  200, 404",
        "gaelle.deseglantines@demo.mssante.fr, create,   201, 403",
        "gaelle.deseglantines@demo.mssante.fr, change,   200, 404",
        "gaelle.deseglantines@demo.mssante.fr, move,     403, 404",
        "gaelle.deseglantines@demo.mssante.fr, rights,   200, 404",
        "gaelle.deseglantines@demo.mssante.fr, unrights, 200, 404",
        "gaelle.deseglantines@demo.mssante.fr, suspend,  200, 404",
        "gaelle.deseglantines@demo.mssante.fr, close,    200, 404",
        "gaelle.deseglantines@demo.mssante.fr, reopen,   200, 404",
        "gaelle.deseglantines@demo.mssante.fr, purge,    403, 404",
        "noe.dupuits@demo.mssante.fr,          look,     200, 404",
        "noe.dupuits@demo.mssante.fr,          history,  200, 404",
        "noe.dupuits@demo.mssante.fr,          create,   403, 403",
        "noe.dupuits@demo.mssante.fr,          change,   200, 404",
        "noe.dupuits@demo.mssante.fr,          move,     403, 404",
        "noe.dupuits@demo.mssante.fr,          rights,   200, 404",
        "noe.dupuits@demo.mssante.fr,          unrights, 200, 404",
        "noe.dupuits@demo.mssante.fr,          suspend,  403, 404",
        "noe.dupuits@demo.mssante.fr,          close,    403, 404",
        "noe.dupuits@demo.mssante.fr,          reopen,   403, 404",
        "noe.dupuits@demo.mssante.fr,          purge,    403, 404",
        "dr.test@demo.medecin.mssante.fr,      look,     404, 404",
        "dr.test@demo.medecin.mssante.fr,      history,  404, 404",
        "dr.test@demo.medecin.mssante.fr,      create,   403, 403",
        "dr.test@demo.medecin.mssante.fr,      change,   404, 404",
        "dr.test@demo.medecin.mssante.fr,      rights,   404, 404",
        "dr.test@demo.medecin.mssante.fr,      unrights, 404, 404",
        "dr.test@demo.medecin.mssante.fr,      suspend,  404, 404",
        "dr.test@demo.medecin.mssante.fr,      purge,    404, 404",
    })
    void eachDoesWhatHisRoleAllows(String who, String deed, int own, int other) {
        assertThat(done(who, deed, STRUCTURE).status()).as("own").isEqualTo(own);
        assertThat(done(who, deed, OTHER_STRUCTURE).status()).as("other").isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "\"ask\", \"ask\""})
    void saysWhatBecomesOfDocumentsAsItWasTold(String wanted, String shown) {
        String mailbox = "/mailboxes/" + created(STRUCTURE);

        ApiClient.Answer answer =
                client.as(OPERATOR).send("PATCH", mailbox, "{\"dmpFiling\":" + wanted + ",\"reason\":\"essai\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("dmpFiling")).hasToString(shown);
    }

    /** Does it to a new mailbox; in that of the structure the manager manages, and the member reads. */
    private static ApiClient.Answer done(String who, String deed, String structure) {
        ApiClient.Caller caller = client.as(who);
        if (deed.equals("create")) {
            return caller.send("POST", "/mailboxes", creation(fresh(), structure));
        }
        String mailbox = "/mailboxes/" + created(structure);
        String member = mailbox + "/members/" + STRANGER;
        return switch (deed) {
            case "look" -> caller.get(mailbox);
            case "history" -> caller.get(mailbox + "/history");
            case "change" -> caller.send("PATCH", mailbox, "{\"description\":\"Accueil\",\"reason\":\"essai\"}");
            case "move" ->
                caller.send("PATCH", mailbox, "{\"structure\":\"" + OTHER_STRUCTURE + "\",\"reason\":\"essai\"}");
            case "rights" -> caller.send("PUT", member, "{\"rights\":[\"READ\"],\"reason\":\"essai\"}");
            case "unrights" -> caller.send("DELETE", mailbox + "/members/" + MEMBER + "?reason=essai", "");
            default -> caller.send("POST", mailbox + "/" + deed, REASON);
        };
    }

    private static String created(String structure) {
        ApiClient.Caller operator = client.as(OPERATOR);
        String address = fresh();
        assertThat(operator.send("POST", "/mailboxes", creation(address, structure))
                        .status())
                .isEqualTo(201);
        String members = "/mailboxes/" + address + "/members/";
        operator.send("PUT", members + MEMBER, "{\"rights\":[\"READ\",\"WRITE\",\"SEND\"],\"reason\":\"essai\"}");
        if (structure.equals(STRUCTURE)) {
            operator.send("PUT", members + MANAGER, "{\"rights\":[\"READ\",\"MANAGE\"],\"reason\":\"essai\"}");
        }
        return address;
    }

    private static String fresh() {
        return "boite." + COUNT.incrementAndGet() + "@demo.mssante.fr";
    }

    private static String creation(String address, String structure) {
        return "{\"address\":\"" + address + "\",\"type\":\"ORG\",\"displayName\":\"Accueil\",\"structure\":\""
                + structure + "\",\"reason\":\"essai\"}";
    }

    @Test
    void whatWasDoneStandsInTheHistoryAndTheTraceWithPersonRoleAndReason() throws IOException {
        String address = created(STRUCTURE);
        client.as(ADMINISTRATOR).send("POST", "/mailboxes/" + address + "/suspend", "{\"reason\":\"congés d'été\"}");

        List<JsonNode> changes = client.as(OPERATOR)
                .get("/mailboxes/" + address + "/history?after=2")
                .body()
                .path("changes")
                .valueStream()
                .toList();
        assertThat(changes).last().satisfies(change -> {
            assertThat(change.path("author").asText()).isEqualTo("administrator " + ADMINISTRATOR);
            assertThat(change.path("reason").asText()).isEqualTo("congés d'été");
            assertThat(change.path("what").asText()).contains("state: ACTIVE -> SUSPENDED");
        });
        assertThat(traced(Event.MAILBOX_CHANGED, address)).last().satisfies(line -> {
            assertThat(line.get(Field.ACTOR)).contains("administrator " + ADMINISTRATOR);
            assertThat(line.get(Field.DETAIL).orElse("")).contains("congés d'été");
        });
    }

    @Test
    void aRefusalIsALineOfTheTraceWithItsCode() throws IOException {
        String address = created(OTHER_STRUCTURE);
        client.as(MANAGER).send("POST", "/mailboxes/" + address + "/close", REASON);

        assertThat(lines(Event.ADMINISTRATION_REFUSED))
                .filteredOn(line -> line.get(Field.DETAIL).orElse("").contains(address))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get(Field.ACTOR)).contains(MANAGER);
                    assertThat(line.get(Field.PEER)).contains("127.0.0.1");
                    assertThat(line.values()).containsEntry("code", "MSS-M04");
                });
    }

    @Test
    void aMailboxThatIsNotOnesOwnToSeeIsAnsweredLikeOneThatDoesNotExist() {
        String theirs = created(OTHER_STRUCTURE);
        String nobodys = fresh();
        for (String deed : List.of("", "/history", "/members")) {
            ApiClient.Answer foreign = client.as(ADMINISTRATOR).get("/mailboxes/" + theirs + deed);
            ApiClient.Answer unknown = client.as(ADMINISTRATOR).get("/mailboxes/" + nobodys + deed);

            assertThat(foreign.code()).isEqualTo("MSS-M04");
            assertThat(foreign.text().replace(theirs, nobodys)).isEqualTo(unknown.text());
        }
        for (String deed : List.of("suspend", "purge")) {
            assertThat(client.as(ADMINISTRATOR)
                            .send("POST", "/mailboxes/" + theirs + "/" + deed, REASON)
                            .text()
                            .replace(theirs, nobodys))
                    .isEqualTo(client.as(ADMINISTRATOR)
                            .send("POST", "/mailboxes/" + nobodys + "/" + deed, REASON)
                            .text());
        }
    }

    @Test
    void aHolderSeesHisOwnMailboxAndChangesNothingOfItButHisAbsence() {
        String own = "/mailboxes/" + MEMBER;
        ApiClient.Caller holder = client.as(MEMBER);

        assertThat(holder.get(own).status()).isEqualTo(200);
        assertThat(holder.send(
                                "PATCH",
                                own,
                                "{\"absenceFrom\":\"2026-08-01\",\"absenceUntil\":\"2026-08-15\",\"absenceText\":\"Congés\","
                                        + "\"reason\":\"congés\"}")
                        .status())
                .isEqualTo(200);
        assertThat(holder.send("PATCH", own, "{\"holder\":\"10999010027\",\"reason\":\"essai\"}")
                        .code())
                .isEqualTo("MSS-A01");
        assertThat(holder.send("POST", own + "/close", REASON).status()).isEqualTo(403);
        assertThat(holder.get(own + "/history").status()).isEqualTo(403);
    }

    @Test
    void anAdministratorBringsCertificatesOfHisStructureAndTheOperatorVouchesForOthers() {
        String address = fresh();
        String software = "{\"address\":\"" + address + "\",\"type\":\"APP\",\"displayName\":\"SIL\",\"structure\":\""
                + STRUCTURE + "\",\"certificateSubject\":\"%s\",\"reason\":\"essai\"}";
        String own = "CN=SIL-" + address + ",OU=" + STRUCTURE + ",C=FR";
        String foreign = "CN=SIL-" + address + ",OU=" + OTHER_STRUCTURE + ",C=FR";
        ApiClient.Caller administrator = client.as(ADMINISTRATOR);
        for (String subject : List.of(foreign, "CN=SIL-" + address)) {
            assertThat(administrator
                            .send("POST", "/mailboxes", software.formatted(subject))
                            .code())
                    .isEqualTo("MSS-A01");
        }
        assertThat(administrator
                        .send("POST", "/mailboxes", software.formatted(own))
                        .status())
                .isEqualTo(201);

        String mailbox = "/mailboxes/" + address;
        String change = "{\"certificateSubject\":\"" + foreign + "\"%s,\"reason\":\"essai\"}";
        String vouched = change.formatted(",\"certificateStructure\":\"" + OTHER_STRUCTURE + "\"");
        assertThat(administrator.send("PATCH", mailbox, change.formatted("")).code())
                .isEqualTo("MSS-A01");
        assertThat(administrator.send("PATCH", mailbox, vouched).code()).isEqualTo("MSS-A01");
        ApiClient.Caller operator = client.as(OPERATOR);
        assertThat(operator.send("PATCH", mailbox, change.formatted("")).code()).isEqualTo("MSS-A05");
        assertThat(operator.send("PATCH", mailbox, vouched).status()).isEqualTo(200);
        String another = "{\"certificateSubject\":\"CN=%s-" + address + ",OU=%s,C=FR\",\"reason\":\"essai\"}";
        assertThat(administrator
                        .send("PATCH", mailbox, another.formatted("AUTRE", OTHER_STRUCTURE))
                        .code())
                .as("the operator has vouched for one certificate")
                .isEqualTo("MSS-A01");
        assertThat(operator.send("PATCH", mailbox, another.formatted("SIL2", OTHER_STRUCTURE))
                        .body()
                        .path("certificateStructure")
                        .asText())
                .as("of whom it is the word")
                .isEqualTo(OTHER_STRUCTURE);
        ApiClient.Answer brought = administrator.send("PATCH", mailbox, another.formatted("AUTRE", STRUCTURE));
        assertThat(brought.status()).isEqualTo(200);
        assertThat(brought.body().has("certificateStructure")).isFalse();
        assertThat(administrator
                        .send("PATCH", mailbox, "{\"description\":\"SIL\",\"reason\":\"essai\"}")
                        .status())
                .isEqualTo(200);
    }

    /** He is no member of it by name: the demonstration's practice has him as its holder. */
    @Test
    void theResponsibleOfAPracticeManagesIt() {
        String practice = "cabinet.tilleuls@demo.medecin.mssante.fr";
        ApiClient.Caller responsible = client.as(MEMBER);

        assertThat(addresses(all(MEMBER, "/mailboxes"))).contains(practice);
        assertThat(responsible
                        .send(
                                "PUT",
                                "/mailboxes/" + practice + "/members/" + STRANGER,
                                "{\"rights\":[\"READ\"],\"reason\":\"remplacement\"}")
                        .status())
                .isEqualTo(200);
        assertThat(responsible
                        .send("DELETE", "/mailboxes/" + practice + "/members/" + STRANGER + "?reason=retour", "")
                        .status())
                .isEqualTo(200);
        assertThat(responsible
                        .send("POST", "/mailboxes/" + practice + "/suspend", REASON)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aHolderSaysHisLanguageAndTheMailServerReadsIt() {
        String own = "/mailboxes/" + MEMBER;
        ApiClient.Caller holder = client.as(MEMBER);

        assertThat(holder.send("PATCH", own, "{\"language\":\"EN\",\"reason\":\"choix\"}")
                        .body()
                        .path("language")
                        .asText())
                .isEqualTo("en");
        try (LdapDirectory directory = fixture.directory("server")) {
            assertThat(directory
                            .mailbox(MailAddress.parse(MEMBER))
                            .found()
                            .orElseThrow()
                            .language())
                    .contains(new Language("en"));
        }
        for (String none : List.of("english", "en-GB", "e")) {
            ApiClient.Answer refused =
                    holder.send("PATCH", own, "{\"language\":\"" + none + "\",\"reason\":\"choix\"}");
            assertThat(refused.code()).isEqualTo("MSS-A05");
            assertThat(refused.body().toString()).contains("a language is a primary tag of BCP 47 such as fr or en");
        }
        assertThat(holder.send("PATCH", own, "{\"language\":null,\"reason\":\"choix\"}")
                        .body()
                        .has("language"))
                .isFalse();
    }

    @Test
    void theCommandsGiveAMailboxItsLanguage() {
        String address = "english@demo.mssante.fr";
        commands.output(
                "mailbox",
                "create",
                address,
                "--type",
                "ORG",
                "--display-name",
                "Desk",
                "--structure",
                STRUCTURE,
                "--language",
                "en",
                "--reason",
                "t");
        assertThat(commands.output("mailbox", "show", address)).contains("language: en");
        commands.output("mailbox", "change", address, "--language", "fr", "--reason", "t");
        assertThat(commands.output("mailbox", "history", address)).contains("language=en", "language: en -> fr");

        assertThat(commands.run("mailbox", "change", address, "--language", "fr_FR", "--reason", "t"))
                .isEqualTo(1);
        assertThat(commands.err())
                .startsWith("That cannot be done: a language is a primary tag of BCP 47 such as fr or en.");
    }

    @Test
    void aHolderSaysHowMuchHePrefersHisMailboxByAWholeNumber() {
        String own = "/mailboxes/" + MEMBER;
        ApiClient.Caller holder = client.as(MEMBER);

        assertThat(holder.send("PATCH", own, "{\"preferred\":2,\"reason\":\"choix\"}")
                        .body()
                        .get("preferred"))
                .hasToString("2");
        assertThat(holder.send("PATCH", own, "{\"preferred\":\"2\",\"reason\":\"choix\"}")
                        .code())
                .isEqualTo("MSS-A02");
        for (String none : List.of("0", "100", "-1")) {
            assertThat(holder.send("PATCH", own, "{\"preferred\":" + none + ",\"reason\":\"choix\"}")
                            .code())
                    .isEqualTo("MSS-A05");
        }
        assertThat(holder.send("PATCH", own, "{\"preferred\":null,\"reason\":\"choix\"}")
                        .body()
                        .has("preferred"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"suspend", "close"})
    void whatTheOperatorHasTakenAwayHisAdministratorsDoNotGiveBack(String step) {
        String mailbox = "/mailboxes/" + created(STRUCTURE);
        ApiClient.Caller operator = client.as(OPERATOR);
        ApiClient.Caller administrator = client.as(ADMINISTRATOR);

        assertThat(operator.send("POST", mailbox + "/" + step, REASON).body().path("heldByOperator"))
                .hasToString("true");
        assertThat(administrator.send("POST", mailbox + "/reopen", REASON).code())
                .isEqualTo("MSS-A01");
        assertThat(administrator.send("POST", mailbox + "/close", REASON).status())
                .isEqualTo(200);
        assertThat(administrator.send("POST", mailbox + "/reopen", REASON).code())
                .as("by way of another state")
                .isEqualTo("MSS-A01");
        assertThat(operator.send("POST", mailbox + "/reopen", REASON).body().path("heldByOperator"))
                .hasToString("false");

        assertThat(administrator.send("POST", mailbox + "/" + step, REASON).status())
                .isEqualTo(200);
        assertThat(administrator.send("POST", mailbox + "/reopen", REASON).status())
                .as("what he has done himself")
                .isEqualTo(200);
        assertThat(administrator
                        .send("PATCH", mailbox, "{\"heldByOperator\":false,\"reason\":\"essai\"}")
                        .code())
                .isEqualTo("MSS-A02");
    }

    @Test
    void whoLoggedInAndWhatWasShownToHimAreLinesOfTheTrace() throws IOException {
        String address = created(STRUCTURE);
        client.as(ADMINISTRATOR).get("/mailboxes/" + address + "/history?count=2");
        client.as(STRANGER).get("/mailboxes/" + address);

        assertThat(lines(Event.API_LOGIN))
                .extracting(line -> line.get(Field.ACTOR).orElseThrow())
                .contains(ADMINISTRATOR, STRANGER);
        assertThat(lines(Event.ADMINISTRATION_READ))
                .filteredOn(line -> line.get(Field.ON_BEHALF_OF).equals(Optional.of(address)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get(Field.ACTOR)).contains(ADMINISTRATOR);
                    assertThat(line.get(Field.PEER)).contains("127.0.0.1");
                    assertThat(line.get(Field.DETAIL))
                            .contains("GET /admin/v1/mailboxes/" + address + "/history?count=2");
                });
    }

    @Test
    void listsWhatOneMaySeeAndNothingElse() {
        created(STRUCTURE);
        created(OTHER_STRUCTURE);

        assertThat(all(ADMINISTRATOR, "/mailboxes?count=5"))
                .filteredOn(mailbox -> !mailbox.path("address").asText().equals(ADMINISTRATOR))
                .isNotEmpty()
                .allSatisfy(mailbox ->
                        assertThat(mailbox.path("structure").asText()).isEqualTo(STRUCTURE))
                .allSatisfy(mailbox -> assertThat(mailbox.path("type").asText()).isIn("ORG", "APP"));
        assertThat(addresses(all(STRANGER, "/mailboxes"))).containsExactly(STRANGER);
        assertThat(addresses(all(MANAGER, "/mailboxes?type=ORG&state=ACTIVE"))).contains(MANAGED);
        assertThat(addresses(all(OPERATOR, "/mailboxes?type=APP")))
                .filteredOn(address -> !address.startsWith("boite."))
                .containsExactly("annuaire@demo.mssante.fr", "dmp@demo.mssante.fr", "labo.test@demo.mssante.fr");
        assertThat(addresses(all(OPERATOR, "/mailboxes?structure=399900002900010")))
                .containsExactly("labo.test@demo.mssante.fr");
    }

    @Test
    void aPageIsAsLongAsItMayBe() {
        assertThat(client.as(OPERATOR).get("/mailboxes").body().path("mailboxes"))
                .hasSize(3);
        assertThat(client.as(OPERATOR).get("/mailboxes?count=5").body().path("mailboxes"))
                .hasSize(5);
        assertThat(client.as(OPERATOR).get("/mailboxes?count=6").code()).isEqualTo("MSS-A02");
    }

    @Test
    void aChangeOfWhatWasChangedMeanwhileIsRefused() {
        String mailbox = "/mailboxes/" + created(STRUCTURE);
        ApiClient.Caller administrator = client.as(ADMINISTRATOR);
        String seen = administrator.get(mailbox).etag();
        String body = "{\"description\":\"Une\",\"reason\":\"essai\"}";

        ApiClient.Answer first = administrator.send("PATCH", mailbox, body, "If-Match", seen);
        ApiClient.Answer second = administrator.send("PATCH", mailbox, body, "If-Match", seen);
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.code()).isEqualTo("MSS-A06");
        assertThat(administrator
                        .send("PATCH", mailbox, body, "If-Match", first.etag())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingHappensAnyMoreOnceADelegationWasTaken() throws Exception {
        String structure = "399900302300010";
        String mailbox = "/mailboxes/" + created(structure);
        commands.output("administrator", "add", STRANGER, "--structure", structure, "--reason", "essai");
        CountDownLatch begun = new CountDownLatch(3);
        CompletableFuture<ApiClient.Answer> ended = CompletableFuture.supplyAsync(() -> {
            ApiClient.Answer answer;
            int count = 0;
            do {
                count++;
                answer = client.as(STRANGER)
                        .send("PATCH", mailbox, "{\"description\":\"" + count + "\",\"reason\":\"essai\"}");
                begun.countDown();
            } while (answer.status() == 200);
            return answer;
        });
        begun.await();

        commands.output("administrator", "remove", STRANGER, "--structure", structure, "--reason", "essai");
        String description =
                client.as(OPERATOR).get(mailbox).body().path("description").asText();
        assertThat(ended.get().status()).isEqualTo(404);
        assertThat(client.as(OPERATOR).get(mailbox).body().path("description").asText())
                .isEqualTo(description);
        assertThat(commands.output("administrator", "history", STRANGER).lines().skip(1))
                .hasSize(2);
    }

    @Test
    void whoCreatesAMailboxIsToldThatTheRegisterDoesNotKnowItsHolder() {
        ApiClient.Answer unknown = createdFor("inconnue@demo.medecin.mssante.fr", "10999990012");

        assertThat(unknown.status()).isEqualTo(201);
        assertThat(unknown.body().at("/warning/code").asText()).isEqualTo("MSS-A10");
        assertThat(createdFor("connue@demo.medecin.mssante.fr", "10999011017")
                        .body()
                        .has("warning"))
                .isFalse();
    }

    @Test
    void whoCreatesASecondPersonalMailboxOfAHolderIsToldThatTokensAloneNoLongerOpenEither() {
        ApiClient.Answer second = createdFor("seconde@demo.medecin.mssante.fr", "10999010019");
        ApiClient.Answer practice = client.as(OPERATOR)
                .send(
                        "POST",
                        "/mailboxes",
                        "{\"address\":\"cabinet.seconde@demo.medecin.mssante.fr\",\"type\":\"CAB\","
                                + "\"displayName\":\"Cabinet\",\"holder\":\"10999010019\",\"reason\":\"ouverture\"}");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().at("/warning/code").asText()).isEqualTo("MSS-A13");
        assertThat(practice.status()).isEqualTo(201);
        assertThat(practice.body().has("warning")).isFalse();
    }

    private static ApiClient.Answer createdFor(String address, String holder) {
        return client.as(OPERATOR)
                .send(
                        "POST",
                        "/mailboxes",
                        "{\"address\":\"" + address
                                + "\",\"type\":\"PER\",\"displayName\":\"Docteur NOUVELLE\",\"holder\":\"" + holder
                                + "\",\"reason\":\"ouverture\"}");
    }

    @Test
    void anOperatorDelegatesOverTheNetworkAndAppointsNoOperator() throws IOException {
        String path = "/administrators/" + MEMBER + "/structures/" + OTHER_STRUCTURE;
        assertThat(client.as(ADMINISTRATOR).send("PUT", path, REASON).status()).isEqualTo(403);
        assertThat(client.as(OPERATOR).send("PUT", path, REASON).status()).isEqualTo(200);
        assertThat(client.as(OPERATOR).send("PUT", path, REASON).code()).isEqualTo("MSS-A05");
        assertThat(client.as(MEMBER).get("/me").body().at("/structures/0").asText())
                .isEqualTo(OTHER_STRUCTURE);
        assertThat(client.as(OPERATOR).get("/administrators").text()).contains(MEMBER, ADMINISTRATOR, OPERATOR);
        assertThat(client.as(ADMINISTRATOR).get("/administrators").status()).isEqualTo(403);
        assertThat(client.as(OPERATOR)
                        .send("DELETE", path + "?reason=essai", "")
                        .status())
                .isEqualTo(200);
        assertThat(client.as(OPERATOR)
                        .send("PUT", "/administrators/" + MEMBER + "/structures/ALL", REASON)
                        .status())
                .isEqualTo(404);
        assertThat(lines(Event.DELEGATION_TAKEN)).anySatisfy(line -> {
            assertThat(line.get(Field.ACTOR)).contains("operator " + OPERATOR);
            assertThat(line.get(Field.ON_BEHALF_OF)).contains(MEMBER);
        });
    }

    @Test
    void nobodyIsMadeOperatorByAStructureThatIsNone() {
        for (String structure : List.of("", "9", "12")) {
            assertThat(commands.run("administrator", "add", STRANGER, "--structure", structure, "--reason", "essai"))
                    .isNotZero();
            assertThat(commands.err()).contains("That cannot be done");
        }
        assertThat(client.as(STRANGER).get("/me").body().path("operator").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dr.gmail@gmail.com", "accueil@ailleurs.fr", "volee@chu-exemple.mssante.fr"})
    void nobodyCreatesAMailboxInADomainThatIsNotServed(String address) {
        ApiClient.Answer refused = client.as(OPERATOR).send("POST", "/mailboxes", creation(address, STRUCTURE));
        int exit = create(address);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("MSS-A07");
        assertThat(exit).isEqualTo(1);
        assertThat(commands.err()).contains("mail.domains", "(MSS-A07)");
        assertThat(client.as(OPERATOR).get("/mailboxes/" + address).status()).isEqualTo(404);
    }

    @Test
    void theFirstMailboxOfAStructureInADomainIsTheOperatorsToCreate() {
        String elsewhere = "accueil@autre-domaine.mssante.fr";
        ApiClient.Answer refused = client.as(ADMINISTRATOR).send("POST", "/mailboxes", creation(elsewhere, STRUCTURE));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asText()).contains("no mailbox in this domain");
        assertThat(client.as(OPERATOR)
                        .send("POST", "/mailboxes", creation(elsewhere, STRUCTURE))
                        .headers()
                        .firstValue("Location"))
                .contains("/admin/v1/mailboxes/accueil%40autre-domaine.mssante.fr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nothing                                          |                                 | 404 | MSS-A04",
                "GET    | /mailboxes/no-address                             |                                 | 404 | MSS-A04",
                "DELETE | /mailboxes                                        |                                 | 405 | MSS-A02",
                "GET    | /mailboxes?type=XXX                               |                                 | 400 | MSS-A02",
                "GET    | /mailboxes?page=1                                 |                                 | 400 | MSS-A02",
                "GET    | /mailboxes?count=0                                |                                 | 400 | MSS-A02",
                "GET    | /mailboxes?count=1&count=2                        |                                 | 400 | MSS-A02",
                "GET    | /mailboxes?after=x                                |                                 | 400 | MSS-A02",
                "GET    | /mailboxes?structure=9                            |                                 | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"x\",\"state\":\"CLOSED\"} | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"x\",\"dmpFiling\":1}   | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"x\",\"reason\":\"y\"}    | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"description\":\"x\"}             | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\" \"}                  | 409 | MSS-A05",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"a\\u001b[2Jb\"}       | 409 | MSS-A05",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"a\\u202eb\"}          | 409 | MSS-A05",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"x\",\"displayName\":null} | 409 | MSS-A05",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | [1]                             | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":                      | 400 | MSS-A02",
                "PATCH  | /mailboxes/pharmacie.dupuits@demo.mssante.fr      | {\"reason\":\"x\"} {}               | 400 | MSS-A02",
                "POST   | /mailboxes/pharmacie.dupuits@demo.mssante.fr/purge | {\"reason\":\"x\"}                  | 409 | MSS-A05",
                "POST   | /mailboxes                                        | {\"address\":\"x\",\"reason\":\"x\"}    | 400 | MSS-A02",
                "PUT    | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/dr.test@demo.medecin.mssante.fr | {\"reason\":\"x\",\"rights\":[]} | 400 | MSS-A02",
                "PUT    | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/dr.test@demo.medecin.mssante.fr | {\"reason\":\"x\",\"rights\":[\"OWN\"]} | 400 | MSS-A02",
                "DELETE | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/dr.test@demo.medecin.mssante.fr | | 400 | MSS-A02",
                "DELETE | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/dr.test@demo.medecin.mssante.fr?reason=x | | 404 | MSS-A04",
                "PUT    | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/labo.test@demo.mssante.fr | {\"reason\":\"x\",\"rights\":[\"READ\"]} | 409 | MSS-A05",
                "PUT    | /mailboxes/pharmacie.dupuits@demo.mssante.fr/members/dr.x@autre.mssante.fr | {\"reason\":\"x\",\"rights\":[\"READ\"]} | 409 | MSS-A05",
                "PUT    | /mailboxes/dr.test@demo.medecin.mssante.fr/members/dr.martin@demo.medecin.mssante.fr | {\"reason\":\"x\",\"rights\":[\"READ\"]} | 409 | MSS-A05",
            })
    void whatIsNotAsTheDescriptionSaysIsAProblemWithACode(
            String method, String path, String body, int status, String code) {
        ApiClient.Answer answer = client.as(OPERATOR).send(method, path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    }

    @Test
    void aBodyIsBoundedWhetherItsLengthIsSaidOrNot() {
        String fits = "{\"reason\":\"" + "x".repeat(1_000) + "\"}";
        byte[] large = ("{\"reason\":\"" + "x".repeat(2_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        String path = "/mailboxes/" + created(STRUCTURE) + "/suspend";

        assertThat(client.as(OPERATOR).send("POST", path, fits).status()).isEqualTo(200);
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            ApiClient.Answer answer = client.as(OPERATOR).send("POST", path, body);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("MSS-A03");
        }
    }

    @Test
    void aBodyThatComesOctetByOctetIsGivenUp() throws IOException {
        try (SSLSocket socket = client.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /admin/v1/mailboxes HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + client.as(OPERATOR).authorization()
                            + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> drip(out));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(status).contains(" 408 ");
            drip.cancel(true);
        }
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUpAsSoon() throws IOException {
        try (SSLSocket socket = client.socket()) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /admin/v1/mailboxes HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + client.as(OPERATOR).authorization()
                            + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("MSS-A02");
        }
    }

    /** One octet after the other, until the other side has had enough. */
    private static void drip(OutputStream out) {
        try {
            for (int i = 0; i < 900; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // the server has closed the connection
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBodyOfAnotherKindIsRefused() {
        assertThat(client.as(OPERATOR)
                        .send("POST", "/mailboxes", "{}", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whoHasGuessedTooOftenWaitsAndSoDoesWhoeverDoesNotExist() {
        for (String name : List.of(STRANGER.replace("dr.discret", "dr.suspendu"), "personne@demo.mssante.fr")) {
            for (int i = 0; i <= 5; i++) {
                ApiClient.Answer wrong = client.as(name, "wrong").get("/mailboxes");
                assertThat(wrong.status()).isEqualTo(401);
                assertThat(wrong.code()).isEqualTo("MSS-M02");
            }
            ApiClient.Answer locked = client.as(name, "wrong").get("/mailboxes");
            assertThat(locked.status()).isEqualTo(429);
            assertThat(locked.code()).isEqualTo("MSS-M43");
        }
    }

    @Test
    void nobodyIsLetInWithoutAPersonsLogIn() {
        assertThat(client.anonymous("/mailboxes").code()).isEqualTo("MSS-M01");
        assertThat(client.anonymous("/openapi.json").status()).isEqualTo(401);
        assertThat(client.as("client").get("/mailboxes").status())
                .as("a service's secret")
                .isEqualTo(401);
    }

    @Test
    void browsersOfOtherSitesAreNotInvited() {
        ApiClient.Answer preflight = client.as(OPERATOR)
                .send(
                        "OPTIONS",
                        "/mailboxes",
                        "",
                        "Origin",
                        "https://example.org",
                        "Access-Control-Request-Method",
                        "GET");

        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(preflight.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }

    private static List<JsonNode> all(String who, String path) {
        JsonNode page = client.as(who).get(path).body();
        Stream<JsonNode> mailboxes = page.path("mailboxes").valueStream();
        while (page.has("next")) {
            page = client.as(who)
                    .get(page.path("next").asText().substring(AdministrationSite.PATH.length()))
                    .body();
            mailboxes = Stream.concat(mailboxes, page.path("mailboxes").valueStream());
        }
        return mailboxes.toList();
    }

    private static List<String> addresses(List<JsonNode> mailboxes) {
        return mailboxes.stream()
                .map(mailbox -> mailbox.path("address").asText())
                .toList();
    }

    private static List<TraceLine> traced(Event event, String address) throws IOException {
        return lines(event).stream()
                .filter(line -> line.get(Field.ON_BEHALF_OF).orElse("").equals(address))
                .toList();
    }

    private static List<TraceLine> lines(Event event) throws IOException {
        return new TraceReader(run).find(line -> line.event().equals(event.name()));
    }

    @Test
    void aCommandThatNamesWhatIsNoneIsToldWhatThereIsAndACode() {
        assertThat(commands.run("mailbox", "list", "--type", "XXX")).isNotZero();
        assertThat(commands.err()).contains("type must be one of PER, ORG, APP, CAB", "(MSS-A02)");
        assertThat(commands.run("mailbox", "rights", MANAGED, MEMBER, "READ,FLY", "--reason", "essai"))
                .isNotZero();
        assertThat(commands.err())
                .contains("the right of a member must be one of READ, WRITE, SEND, MANAGE", "(MSS-A02)");
        assertThat(commands.run("mailbox", "rights", MANAGED, "nobody", "READ", "--reason", "essai"))
                .isNotZero();
        assertThat(commands.err()).contains("(MSS-A04)");
        assertThat(commands.run("mailbox", "show", "Élise@demo.mssante.fr")).isNotZero();
        assertThat(commands.err()).contains("(MSS-A04)");
    }

    @Test
    void anAddressOfOtherCharactersIsRefusedWithItsCodeByCommandAndApi() {
        String address = "Élise@demo.mssante.fr";
        ApiClient.Answer refused = client.as(OPERATOR).send("POST", "/mailboxes", creation(address, STRUCTURE));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("MSS-A08");
        assertThat(create(address)).isNotZero();
        assertThat(commands.err()).contains("letters from a to z", "(MSS-A08)");
        assertThat(create("no-address")).isNotZero();
        assertThat(commands.err()).contains("(MSS-A02)");
    }

    @Test
    void typesStatesAndRightsAreReadInAnyCaseAndWrittenInUpperCase() {
        String mailbox = created(STRUCTURE);

        assertThat(commands.output("mailbox", "list", "--type", "org", "--state", "Active"))
                .contains(mailbox);
        assertThat(commands.output("mailbox", "rights", mailbox, MEMBER, "read,Send", "--reason", "essai"))
                .contains(MEMBER + ":READ,SEND");
        assertThat(commands.output("mailbox", "rights", mailbox, MEMBER, "NONE", "--reason", "essai"))
                .doesNotContain(MEMBER);
        ApiClient.Answer page = client.as(OPERATOR).get("/mailboxes?type=org&state=active");
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.body().at("/mailboxes/0/type").asText()).isEqualTo("ORG");
        assertThat(page.body().at("/mailboxes/0/state").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void aStepToTheStateAMailboxIsInIsToldSoAndWritesNoHistory() {
        String mailbox = created(STRUCTURE);
        String path = "/mailboxes/" + mailbox;
        ApiClient.Answer first = client.as(OPERATOR).send("POST", path + "/suspend", REASON);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().has("warning")).isFalse();
        String history = client.as(OPERATOR).get(path + "/history?after=3").text();

        ApiClient.Answer again = client.as(OPERATOR).send("POST", path + "/suspend", REASON);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().at("/warning/code").asText()).isEqualTo("MSS-A12");
        assertThat(commands.output("mailbox", "suspend", mailbox, "--reason", "essai"))
                .contains("state: SUSPENDED", "The mailbox was so already", "(MSS-A12)");
        assertThat(client.as(OPERATOR).get(path + "/history?after=3").text()).isEqualTo(history);
    }

    @Test
    void theOperatorHoldsWhatAnAdministratorHasSuspended() {
        String path = "/mailboxes/" + created(STRUCTURE);
        client.as(ADMINISTRATOR).send("POST", path + "/suspend", REASON);

        ApiClient.Answer held = client.as(OPERATOR).send("POST", path + "/suspend", REASON);

        assertThat(held.status()).isEqualTo(200);
        assertThat(held.body().path("heldByOperator").asBoolean()).isTrue();
    }

    @Test
    void whatIsSetToWhatItIsWritesNoHistory() {
        String path = "/mailboxes/" + created(STRUCTURE);
        String change = "{\"reason\":\"essai\",\"description\":\"accueil\"}";
        assertThat(client.as(OPERATOR).send("PATCH", path, change).status()).isEqualTo(200);
        String history = client.as(OPERATOR).get(path + "/history?after=3").text();

        assertThat(client.as(OPERATOR).send("PATCH", path, change).status()).isEqualTo(200);

        assertThat(client.as(OPERATOR).get(path + "/history?after=3").text()).isEqualTo(history);
    }

    @Test
    void aPurgedMailboxShowsNothingThatItNoMoreHas() {
        String mailbox = created(STRUCTURE);
        for (String step : List.of("close", "purge")) {
            commands.output("mailbox", step, mailbox, "--reason", "essai");
        }

        assertThat(commands.output("mailbox", "show", mailbox))
                .contains("state: PURGED")
                .doesNotContain("listeRouge", "heldByOperator", "dmpFiling", "signingPolicy");
        JsonNode json = client.as(OPERATOR).get("/mailboxes/" + mailbox).body();
        assertThat(json.path("state").asText()).isEqualTo("PURGED");
        assertThat(json.has("listeRouge") || json.has("heldByOperator")).isFalse();
    }

    private static int create(String address) {
        return commands.run(
                "mailbox",
                "create",
                address,
                "--type",
                "ORG",
                "--display-name",
                "Accueil",
                "--structure",
                STRUCTURE,
                "--reason",
                "essai");
    }

    @Test
    void noPageNamesAMailboxOneMayNotSeeNorWhereTheNextOneBegins() {
        String hidden = "cache.per@demo.mssante.fr";
        ApiClient.Answer made = client.as(OPERATOR)
                .send(
                        "POST",
                        "/mailboxes",
                        "{\"address\":\"" + hidden
                                + "\",\"type\":\"PER\",\"displayName\":\"Dr Cache\",\"listeRouge\":true,"
                                + "\"holder\":\"10999010027\",\"structure\":\"" + STRUCTURE
                                + "\",\"reason\":\"essai\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(client.as(ADMINISTRATOR).get("/mailboxes/" + hidden).status())
                .isEqualTo(404);

        String next = "/mailboxes?count=1";
        int pages = 0;
        while (!next.isEmpty()) {
            ApiClient.Answer page = client.as(ADMINISTRATOR).get(next);
            assertThat(page.text()).doesNotContain("cache.per");
            assertThat(page.body().path("mailboxes")).as("no page is empty").hasSize(1);
            next = page.body().path("next").asText().replace(AdministrationSite.PATH, "");
            pages++;
        }
        assertThat(pages).isGreaterThan(1);
    }
}
