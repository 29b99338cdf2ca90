package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.it.client.AuthenticatorApp;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.client.SmtpDialogue;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;

/** A mailbox from its creation to its end, by its operator's commands, as its users see it. */
@Timeout(300)
class MailboxAdministrationIT {
    private static final String STRUCTURE = "399900001100018";
    private static final Duration CUT_OFF = Duration.ofSeconds(10);

    private static TestInstance instance;

    @BeforeAll
    static void start() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
        instance = TestInstance.prepare("mailboxes")
                .set(ServiceKind.ANNUAIRE, "register.check.interval", "PT2S")
                .withCertificates()
                .up(ServiceKind.ANNUAIRE, ServiceKind.SERVER);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void aMemberWhoLosesHisRightsIsCutOffWhileHeIdlesAndTheTraceSaysWhoTookThem() throws Exception {
        String team = "equipe.mobile@demo.mssante.fr";
        create(team, "ORG", "--structure", STRUCTURE, "--service", "Soins palliatifs");
        done(
                "mailbox",
                "rights",
                team,
                Mailboxes.PRACTITIONER.toString(),
                "READ,WRITE,SEND",
                "--reason",
                "rejoint l'équipe");
        assertThat(done("mailbox", "members", team)).contains(Mailboxes.PRACTITIONER + "  READ,WRITE,SEND");

        String password =
                instance.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER).password();
        try (Store store = open(team + "*" + Mailboxes.PRACTITIONER, password);
                IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
            inbox.open(Folder.READ_WRITE);
            CompletableFuture<Instant> ended = CompletableFuture.supplyAsync(() -> idleUntilTheEnd(inbox));
            Traces traces = instance.tracesFromNow();
            Instant taken = Instant.now();
            done("mailbox", "rights", team, Mailboxes.PRACTITIONER.toString(), "none", "--reason", "a quitté l'équipe");

            assertThat(Duration.between(taken, ended.get(60, TimeUnit.SECONDS))).isLessThan(CUT_OFF);
            traces.await(
                    "the change",
                    Traces.is(Event.MAILBOX_CHANGED)
                            .and(line -> line.get(Field.DETAIL).orElse("").contains("a quitté l'équipe"))
                            .and(line -> line.get(Field.ACTOR).orElse("").startsWith("operator ")));
            traces.await("the end of the session", Traces.is(Event.SESSION_ENDED));
        }
        assertThatThrownBy(() ->
                        open(team + "*" + Mailboxes.PRACTITIONER, password).close())
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void anAdministratorOfItsStructureLetsAMemberInAndCutsHimOffOverTheNetwork() throws Exception {
        String team = "unite.douleur@demo.mssante.fr";
        create(team, "ORG", "--structure", STRUCTURE);
        done(
                "administrator",
                "add",
                Mailboxes.COLLEAGUE.toString(),
                "--structure",
                STRUCTURE,
                "--reason",
                "référente du service");
        String member = "/mailboxes/" + team + "/members/" + Mailboxes.PRACTITIONER;
        assertThat(administration("PUT", member, "{\"rights\":[\"READ\"],\"reason\":\"rejoint l'unité\"}"))
                .isEqualTo(200);

        String password =
                instance.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER).password();
        try (Store store = open(team + "*" + Mailboxes.PRACTITIONER, password);
                IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            CompletableFuture<Instant> ended = CompletableFuture.supplyAsync(() -> idleUntilTheEnd(inbox));
            Traces traces = instance.tracesFromNow();
            Instant taken = Instant.now();
            assertThat(administration("DELETE", member + "?reason=d%C3%A9part", ""))
                    .isEqualTo(200);

            assertThat(Duration.between(taken, ended.get(60, TimeUnit.SECONDS))).isLessThan(CUT_OFF);
            traces.await(
                    "the change",
                    Traces.is(Event.MAILBOX_CHANGED)
                            .and(Traces.has(Field.ACTOR, "administrator " + Mailboxes.COLLEAGUE)));
        }
        done("administrator", "remove", Mailboxes.COLLEAGUE.toString(), "--structure", STRUCTURE, "--reason", "départ");
        assertThat(administration("PUT", member, "{\"rights\":[\"READ\"],\"reason\":\"x\"}"))
                .isEqualTo(404);
    }

    /** What the API answers the colleague of the practice. */
    private static int administration(String method, String path, String body) throws Exception {
        String login = Mailboxes.COLLEAGUE + ":"
                + instance.login(Mailboxes.COLLEAGUE, Mailboxes.COLLEAGUE).password();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TlsContexts.trusting(instance.instance().anchors()))
                .build();
        int port = instance.instance().settings(ServiceKind.ANNUAIRE).port("https.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/admin/v1" + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void aMailboxTakesMailAndLogInsAsLongAsItIsActiveAndItsAddressIsNeverGivenAgain() throws Exception {
        String person = "dr.nouveau@demo.medecin.mssante.fr";
        create(person, "PER", "--holder", "10000000107");
        String password = printed("password", done("mailbox", "password", person, "--reason", "première remise"));
        open(person, password).close();
        assertThat(recipient(person)).startsWith("250 ");

        done("mailbox", "suspend", person, "--reason", "absence");
        awaitRecipient(person, "550 5.2.1 MSS-M05 ");
        assertThatThrownBy(() -> open(person, password).close()).isInstanceOf(AuthenticationFailedException.class);

        done("mailbox", "reopen", person, "--reason", "retour");
        awaitRecipient(person, "250 ");
        open(person, password).close();

        assertThat(command("mailbox", "purge", person, "--reason", "x").err())
                .contains("does not become PURGED in one step");
        done("mailbox", "close", person, "--reason", "départ");
        done("mailbox", "purge", person, "--reason", "délai légal");
        assertThat(command("mailbox", "reopen", person, "--reason", "x").err()).contains("purged");
        assertThat(command(
                                "mailbox",
                                "create",
                                person,
                                "--type",
                                "PER",
                                "--display-name",
                                "x",
                                "--holder",
                                "10000000107",
                                "--reason",
                                "x")
                        .err())
                .contains("never given again");
        assertThat(done("mailbox", "history", person).lines().skip(1))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).contains("  operator "))
                .last()
                .asString()
                .contains("délai légal", "state: CLOSED -> PURGED");
    }

    @Test
    void withASecondFactorAppPasswordsOpenMailClientsAndTheOwnPasswordDoesNot() throws Exception {
        String person = "dr.prudent@demo.medecin.mssante.fr";
        create(person, "PER", "--holder", "10000000107");
        String own = printed("password", done("mailbox", "password", person, "--reason", "première remise"));
        try (Store store = open(person, own);
                IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            CompletableFuture<Instant> ended = CompletableFuture.supplyAsync(() -> idleUntilTheEnd(inbox));
            String begun = done("mailbox", "second-factor", "begin", person, "--reason", "présent au guichet");
            String code = new AuthenticatorApp(printed("secret", begun)).code(Instant.now());
            assertThat(done("mailbox", "second-factor", "confirm", person, code, "--reason", "présent au guichet"))
                    .contains("secondFactor: on");
            Instant confirmed = Instant.now();

            assertThat(Duration.between(confirmed, ended.get(60, TimeUnit.SECONDS)))
                    .as("a session that the own password opened before")
                    .isLessThan(CUT_OFF);
        }
        String created = done("mailbox", "app-password", "create", person, "Téléphone", "--reason", "nouvel appareil");
        String app = printed("password", created);
        Traces traces = instance.tracesFromNow();

        assertThat(submission(person, own)).startsWith("535 5.7.8 MSS-M02 ").isEqualTo(submission(person, "faux"));
        assertThatThrownBy(() -> open(person, own).close()).isInstanceOf(AuthenticationFailedException.class);
        traces.await(
                "what the client is not told",
                Traces.is(Event.DIRECTORY_BIND_REFUSED)
                        .and(line -> line.outcome().equals(Optional.of(Outcome.APP_PASSWORD_NEEDED))));
        assertThat(submission(person, app)).startsWith("235 ");
        try (Store store = open(person, app);
                IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            CompletableFuture<Instant> ended = CompletableFuture.supplyAsync(() -> idleUntilTheEnd(inbox));
            done("mailbox", "app-password", "remove", person, "Téléphone", "--reason", "appareil perdu");
            Instant removed = Instant.now();

            assertThat(Duration.between(removed, ended.get(60, TimeUnit.SECONDS)))
                    .isLessThan(CUT_OFF);
        }
        assertThat(submission(person, app)).startsWith("535 5.7.8 MSS-M02 ");
        done("mailbox", "second-factor", "reset", person, "--reason", "appareil perdu");
        open(person, own).close();
        assertThat(done("mailbox", "history", person))
                .contains("second factor on", "app password made: Téléphone", "app password removed: Téléphone")
                .contains("second factor off");
    }

    @Test
    void whoIsNotInTheRegisterAnyMoreIsToldInHisMailbox() throws Exception {
        MailAddress person = MailAddress.parse("noe.dupuits@demo.mssante.fr");
        Path activities =
                instance.instance().confDir().resolve("demo/extracts/PS_LibreAcces_Personne_activite_202611200312.txt");
        String without = Files.readAllLines(activities, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.contains("10999010043"))
                .collect(Collectors.joining("\n", "", "\n"));
        Traces traces = instance.tracesFromNow();
        Files.writeString(activities, without, StandardCharsets.UTF_8);

        traces.await("the flag", Traces.is(Event.MAILBOX_FLAGGED));
        traces.await("the notice", Traces.is(Event.NOTICE_SENT).and(Traces.has(Field.TO, person.toString())));
        traces.await("its delivery", Traces.is(Event.DELIVERED).and(Traces.has(Field.TO, person.toString())));
        try (Store store =
                        open(person.toString(), instance.login(person, person).password());
                Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertThat(inbox.getMessages()).singleElement().satisfies(mail -> {
                assertThat(mail.getSubject()).contains("situation à vérifier");
                assertThat((String) mail.getContent()).contains("ne figure plus au répertoire national");
            });
        }
        assertThat(done("annuaire", "review")).contains("orphan").contains(person.toString());
        assertThat(command("health").out()).contains("MSS-H18");
    }

    @Test
    void whatBreaksARuleIsRefusedInASentence() {
        assertThat(command(
                                "mailbox",
                                "create",
                                "x@demo.mssante.fr",
                                "--type",
                                "ORG",
                                "--display-name",
                                "x",
                                "--reason",
                                "x")
                        .err())
                .contains("a mailbox of type ORG needs its structure");
        assertThat(command(
                                "mailbox",
                                "change",
                                Mailboxes.PRACTICE.toString(),
                                "--dmp-filing",
                                "peut-être",
                                "--reason",
                                "x")
                        .err())
                .contains("dmpFiling must be one of true, false, ask");
        assertThat(command("mailbox", "show", "personne@demo.mssante.fr").err()).contains("There is no mailbox");
        assertThat(command("mailbox", "password", Mailboxes.PRACTICE.toString(), "--reason", "x")
                        .err())
                .contains("only a mailbox of type PER has passwords");
        assertThat(command(
                                "mailbox",
                                "rights",
                                Mailboxes.PRACTITIONER.toString(),
                                Mailboxes.COLLEAGUE.toString(),
                                "READ",
                                "--reason",
                                "x")
                        .err())
                .contains("a mailbox of type PER has no members");
    }

    private static void create(String address, String type, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "mailbox", "create", address, "--type", type, "--display-name", "Boîte neuve", "--reason", "essai"));
        words.addAll(List.of(more));
        done(words.toArray(String[]::new));
    }

    /** The value of a property in what a command printed. */
    private static String printed(String property, String output) {
        return output.lines()
                .filter(line -> line.startsWith(property + ": "))
                .findFirst()
                .orElseThrow()
                .substring(property.length() + 2);
    }

    private static String done(String... words) {
        Program.Result result = command(words);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }

    private static Program.Result command(String... words) {
        return MssanteCommand.on(instance, words);
    }

    /** The server's own memory of the directory is {@code directory.cache.fresh} old at most. */
    private static void awaitRecipient(String address, String reply) {
        Awaitility.await("the reply to " + address)
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(recipient(address)).startsWith(reply));
    }

    /** What the port between operators says to a recipient. */
    private static String recipient(String address) {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_MX, Optional.of("operator-b"))) {
            smtp.say("EHLO it.example");
            smtp.say("MAIL FROM:<" + Mailboxes.HOSPITAL + ">");
            return smtp.say("RCPT TO:<" + address + ">");
        }
    }

    /** What the port of mail clients says to a log-in. */
    private static String submission(String person, String password) {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(instance, ServicePort.SMTP_SUBMISSION, Optional.empty())) {
            smtp.say("EHLO it.example");
            return smtp.say("AUTH PLAIN "
                    + Base64.getEncoder()
                            .encodeToString(("\0" + person + "\0" + password).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Store open(String user, String password) throws MessagingException {
        Endpoint endpoint = instance.endpoint(ServicePort.IMAPS);
        Properties properties = new Properties();
        properties.put(
                "mail.imaps.ssl.socketFactory",
                TlsContexts.trusting(instance.instance().anchors()).getSocketFactory());
        Store store = Session.getInstance(properties).getStore("imaps");
        store.connect(endpoint.host(), endpoint.port(), user, password);
        return store;
    }

    private static Instant idleUntilTheEnd(IMAPFolder inbox) {
        try {
            while (inbox.isOpen()) {
                inbox.idle();
            }
        } catch (MessagingException e) {
            // the server has said BYE
        }
        return Instant.now();
    }
}
