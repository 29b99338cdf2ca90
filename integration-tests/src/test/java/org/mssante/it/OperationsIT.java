package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceLine;
import org.mssante.it.client.Dmp;
import org.mssante.it.client.Letters;
import org.mssante.it.client.MailboxState;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.MailLogin;

/** What an operator does at 3 a.m., on an instance that may be harmed. */
@Timeout(300)
class OperationsIT {
    private static final Attachment LETTER =
            new Attachment("courrier.pdf", "application/pdf", "%PDF-1.4".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern NAME = Pattern.compile("\"name\" : \"([^\"]+)\"");

    private static TestInstance instance;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
        instance = TestInstance.prepare("operations")
                // where nobody listens
                .set(ServiceKind.SERVER, "delivery.routes", "chu-exemple.mssante.fr=localhost:1")
                .set(ServiceKind.SERVER, "health.disk.free.megabytes", "0")
                .set(ServiceKind.ANNUAIRE, "health.disk.free.megabytes", "0")
                .set(ServiceKind.BRIDGE, "health.disk.free.megabytes", "0")
                .set(ServiceKind.STORE, "health.disk.free.megabytes", "0");
        instance.up();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void mailThatWaitsIsSeenTriedAgainAndGivenUpAndItsSenderIsTold() {
        String id = new Letters(instance).submit(Mailboxes.PRACTITIONER, Mailboxes.HOSPITAL, "Attend", LETTER);
        instance.traces().await("first attempt", Traces.about(id).and(Traces.is(Event.RELAY_DELAYED)));

        Program.Result listed = MssanteCommand.on(instance, "queue", "list", "--queue", "outgoing", "--json");
        assertThat(listed.exitCode()).as(listed.all()).isZero();
        assertThat(listed.out())
                .contains(id, "MSS-M11", Mailboxes.HOSPITAL.toString())
                .doesNotContain("Attend");
        Matcher name = NAME.matcher(listed.out());
        assertThat(name.find()).isTrue();
        assertThat(MssanteCommand.on(instance, "queue", "list").out()).contains("outgoing", "spool", "bridge");
        assertThat(MssanteCommand.on(instance, "queue", "show", name.group(1)).out())
                .contains("Message-ID")
                .doesNotContain("Attend");

        assertThat(MssanteCommand.on(instance, "queue", "retry", name.group(1)).exitCode())
                .isZero();
        instance.traces()
                .await(
                        "second attempt",
                        Traces.about(id).and(Traces.is(Event.RELAY_DELAYED)).and(Traces.has(Field.ATTEMPT, "2")));

        Program.Result removed =
                MssanteCommand.on(instance, "queue", "remove", name.group(1), "--reason", "the hospital has closed");
        assertThat(removed.exitCode()).as(removed.all()).isZero();
        new Mailboxes(instance).awaitReplyTo(instance.login(Mailboxes.PRACTITIONER), id);
        TraceLine line = instance.traces().await("removal", Traces.about(id).and(Traces.is(Event.OPERATOR_REMOVED)));
        assertThat(line.get(Field.ACTOR)).contains("operator " + System.getProperty("user.name"));
        assertThat(line.get(Field.REASON)).contains("the hospital has closed");
        assertThat(MssanteCommand.on(instance, "explain", id).out()).contains("MSS-M22", "the hospital has closed");
    }

    @Test
    void refusalBeforeAnyContentIsExplainedByItsAddresses() {
        MssanteCommand.on(
                instance,
                "send",
                "--from",
                Mailboxes.LABORATORY.toString(),
                "--to",
                "contact@example.com",
                "--text",
                "Bonjour");

        Program.Result explained = MssanteCommand.on(
                instance, "explain", "--from", Mailboxes.LABORATORY.toString(), "--to", "example.com");

        assertThat(explained.exitCode()).as(explained.all()).isZero();
        assertThat(explained.out()).contains("MSS-T10", "to: contact@example.com", "RCPT");
    }

    @Test
    void serviceThatDiedIsAnAlarmWithItsCodeUntilItIsBack() {
        Program.Result well = MssanteCommand.on(instance, "health");
        assertThat(well.exitCode()).as(well.all()).isZero();
        assertThat(well.out()).contains("All is well.");

        instance.kill(ServiceKind.BRIDGE);
        try {
            Program.Result down = MssanteCommand.on(instance, "health", "--json");
            assertThat(down.exitCode()).as(down.all()).isEqualTo(3);
            assertThat(down.out()).contains("MSS-H01", "\"bridge\"", "\"down\"");
            assertThat(MssanteCommand.on(instance, "status").exitCode()).isNotZero();
        } finally {
            instance.restart(ServiceKind.BRIDGE);
        }
        assertThat(MssanteCommand.on(instance, "health").exitCode()).isZero();
    }

    @Test
    void everyServiceGivesItsNumbersAndADeliveryCounts() {
        String id = new Letters(instance).submit(Mailboxes.LABORATORY, Mailboxes.PRACTITIONER, "Compte", LETTER);
        instance.traces().await("delivery", Traces.about(id).and(Traces.is(Event.DELIVERED)));

        for (ServiceKind kind : ServiceKind.values()) {
            Program.Result numbers = MssanteCommand.on(instance, "metrics", kind.folder());
            assertThat(numbers.exitCode()).as(numbers.all()).isZero();
            assertThat(numbers.out())
                    .contains("mssante_heap_used_bytes{service=\"" + kind.folder() + "\"} ")
                    .endsWith("# EOF\n");
        }
        assertThat(MssanteCommand.on(instance, "metrics").out())
                .containsPattern("mssante_events_total\\{service=\"server\",event=\"DELIVERED\"\\} [1-9]")
                .contains(
                        "mssante_queue_mails",
                        "mssante_trust_list_age_seconds",
                        "mssante_certificate_remaining_seconds");
    }

    @Test
    void mailDocumentsAndTracesAreForTheUserOfTheServicesAlone() throws IOException {
        String id = new Letters(instance).submit(Mailboxes.LABORATORY, Mailboxes.PRACTITIONER, "Compte", LETTER);
        instance.traces().await("delivery", Traces.about(id).and(Traces.is(Event.DELIVERED)));

        for (ServiceKind kind : ServiceKind.values()) {
            for (String written : List.of("data", "trace")) {
                Path files = instance.instance().runDir().resolve(kind.folder()).resolve(written);
                try (Stream<Path> all = Files.walk(files)) {
                    assertThat(all)
                            .isNotEmpty()
                            .allSatisfy(file -> assertThat(
                                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                    .as("%s", file)
                                    .endsWith("------"));
                }
            }
        }
    }

    @Test
    void dmpThatDoesNotAnswerIsOneSentence() {
        instance.kill(ServiceKind.STORE);
        try {
            Program.Result listed =
                    MssanteCommand.on(instance, "dmp", "list", "--patient", SampleDocuments.ACTIVE_PATIENT.matricule());
            assertThat(listed.exitCode()).as(listed.all()).isEqualTo(3);
            assertThat(listed.err().lines()).as(listed.err()).hasSize(1);
            assertThat(listed.out()).isEmpty();

            Program.Result got = MssanteCommand.on(
                    instance,
                    "dmp",
                    "get",
                    "--document",
                    "1.2.3",
                    "--out",
                    folder.resolve("x.xml").toString());
            assertThat(got.exitCode()).as(got.all()).isEqualTo(3);
            assertThat(got.err().lines()).as(got.err()).hasSize(1);
        } finally {
            instance.restart(ServiceKind.STORE);
        }
    }

    @Test
    void backupOfARunningInstanceIsRestoredOctetForOctet() throws IOException, MessagingException {
        byte[] report = SampleDocuments.renamed(SampleDocuments.activeReport());
        String filed = new Letters(instance)
                .submit(
                        Mailboxes.LABORATORY,
                        Mailboxes.PRACTITIONER,
                        "Compte rendu",
                        new Attachment("compte-rendu.xml", "text/xml", report));
        instance.traces().await("filing", Traces.about(filed).and(Traces.is(Event.DOCUMENT_FILED)));
        String shared = new Letters(instance).submit(Mailboxes.LABORATORY, Mailboxes.PRACTICE, "Cabinet", LETTER);
        instance.traces().await("delivery", Traces.about(shared).and(Traces.is(Event.DELIVERED)));
        MailLogin.ByPassword person = instance.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER);
        MailLogin.ByPassword practice = instance.login(Mailboxes.PRACTICE, Mailboxes.PRACTITIONER);
        arrange(person);
        Map<String, MailboxState> before =
                Map.of("person", MailboxState.of(instance, person), "practice", MailboxState.of(instance, practice));
        assertThat(before.get("person").folders()).hasSizeGreaterThan(1);

        Path backup = folder.resolve("backup");
        Program.Result made = MssanteCommand.on(instance, "backup", backup.toString());
        assertThat(made.exitCode()).as(made.all()).isZero();
        assertThat(made.out()).contains("Secrets, private keys and the configuration are not in it");
        // what comes later must not be there afterwards
        String later = new Letters(instance).submit(Mailboxes.LABORATORY, Mailboxes.PRACTITIONER, "Plus tard", LETTER);
        instance.traces().await("delivery", Traces.about(later).and(Traces.is(Event.DELIVERED)));
        Program.Result refused = MssanteCommand.on(instance, "restore", backup.toString());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("is running");

        TestInstance restored = TestInstance.prepare("restored").withCredentialsOf(instance);
        Program.Result back = MssanteCommand.run(
                "restore",
                backup.toString(),
                "--run-dir",
                restored.instance().runDir().toString(),
                "--conf-dir",
                restored.instance().confDir().toString());
        assertThat(back.exitCode()).as(back.all()).isZero();
        try (restored) {
            restored.up();
            assertThat(MailboxState.of(restored, restored.login(Mailboxes.PRACTITIONER, Mailboxes.PRACTITIONER)))
                    .isEqualTo(before.get("person"));
            assertThat(MailboxState.of(restored, restored.login(Mailboxes.PRACTICE, Mailboxes.PRACTITIONER)))
                    .isEqualTo(before.get("practice"));
            try (Dmp dmp = Dmp.of(restored)) {
                assertThat(dmp.retrieve(SampleDocuments.idOf(report))).isEqualTo(report);
            }
            Program.Result again = MssanteCommand.on(restored, "restore", backup.toString(), "--force");
            assertThat(again.err()).contains("is running");
        }
        assertThat(Files.exists(backup.resolve("manifest.json"))).isTrue();
    }

    /** Folders, flags and subscriptions for the eye to miss. */
    private static void arrange(MailLogin.ByPassword login) throws MessagingException {
        try (Store store = MailboxState.connect(instance, login)) {
            Folder archive = store.getFolder("Archives");
            archive.create(Folder.HOLDS_MESSAGES);
            archive.setSubscribed(true);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                inbox.copyMessages(inbox.getMessages(), archive);
                inbox.getMessage(1).setFlag(Flags.Flag.FLAGGED, true);
                inbox.getMessage(1).setFlags(new Flags("$Forwarded"), true);
                inbox.getMessage(1).setFlag(Flags.Flag.SEEN, true);
            }
        }
    }
}
