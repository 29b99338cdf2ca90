package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.trace.Event;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.SharedInstance;
import org.mssante.it.instance.TestInstance;
import org.mssante.it.instance.Traces;
import org.mssante.launcher.mail.Attachment;

/** {@code ./mssante} as its user types it. */
@ExtendWith(SharedInstance.class)
@Timeout(300)
class LauncherIT {
    private static final Pattern MESSAGE_ID = Pattern.compile("Message-ID: <([^>]+)>");

    private final TestInstance other;

    @TempDir
    private Path folder;

    /** @param other an instance that is up all the time */
    LauncherIT(TestInstance other) {
        this.other = other;
    }

    @BeforeAll
    static void tellTheLauncherWhatIsBuilt() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
    }

    @Test
    void instanceLivesBesideAnotherFromUpToDown() throws IOException {
        TestInstance own = TestInstance.prepare("launcher");
        Path runDir = own.instance().runDir();
        assertThat(mssante(
                                "up",
                                "--run-dir",
                                runDir.toString(),
                                "--port-offset",
                                Integer.toString(own.instance().portOffset()))
                        .exitCode())
                .isZero();
        try {
            Program.Result status = mssante("status", "--run-dir", runDir.toString());
            assertThat(status.exitCode()).as(status.all()).isZero();
            assertThat(status.out()).contains("server", "annuaire", "bridge", "store", "ready");
            sendsExplainsListsAndGets(runDir);
        } finally {
            assertThat(mssante("down", "--run-dir", runDir.toString()).exitCode())
                    .isZero();
        }
        assertThat(mssante("status", "--run-dir", runDir.toString()).exitCode()).isNotZero();
        assertThat(mssante("status", "--run-dir", other.instance().runDir().toString())
                        .exitCode())
                .as("the other instance")
                .isZero();
    }

    private void sendsExplainsListsAndGets(Path runDir) throws IOException {
        byte[] report = SampleDocuments.renamed(SampleDocuments.activeReport());
        String document = SampleDocuments.idOf(report);
        Path file = Files.write(folder.resolve("compte-rendu.xml"), report);

        Program.Result sent = mssante(
                "send",
                "--run-dir",
                runDir.toString(),
                "--from",
                Mailboxes.LABORATORY.toString(),
                "--to",
                Mailboxes.PRACTITIONER.toString(),
                "--attach",
                file.toString(),
                "--wait");
        assertThat(sent.exitCode()).as(sent.all()).isZero();
        assertThat(sent.out()).contains("document " + document + ": MSS-D01");
        Matcher id = MESSAGE_ID.matcher(sent.out());
        assertThat(id.find()).isTrue();

        Program.Result life = mssante("explain", "--run-dir", runDir.toString(), id.group(1));
        assertThat(life.exitCode()).isZero();
        assertThat(life.out())
                .contains(Event.SUBMITTED.english(), Event.DELIVERED.english(), Event.DOCUMENT_FILED.english());

        Program.Result listed = mssante(
                "dmp", "list", "--run-dir", runDir.toString(), "--patient", SampleDocuments.ACTIVE_PATIENT.matricule());
        assertThat(listed.exitCode()).as(listed.all()).isZero();
        assertThat(listed.out()).contains(document);

        Path copy = folder.resolve("copy.xml");
        Program.Result got =
                mssante("dmp", "get", "--run-dir", runDir.toString(), "--document", document, "--out", copy.toString());
        assertThat(got.exitCode()).as(got.all()).isZero();
        assertThat(copy).hasBinaryContent(report);
    }

    @Test
    void inspectsDocumentsWithoutAnyService() throws IOException {
        byte[] report = SampleDocuments.activeReport();
        Path cda = Files.write(folder.resolve("report.xml"), report);
        Program.Result one = mssante("cda", "inspect", cda.toString());
        assertThat(one.exitCode()).as(one.all()).isZero();
        assertThat(one.out().strip()).startsWith("{").endsWith("}").contains(SampleDocuments.idOf(report), "11502-2");

        Path xdm = Files.write(folder.resolve("IHE_XDM.zip"), SampleDocuments.activePackage()[0].content());
        Program.Result all = mssante("xdm", "inspect", xdm.toString());
        assertThat(all.exitCode()).as(all.all()).isZero();
        assertThat(all.out()).contains(SampleDocuments.idOf(report));
    }

    @Test
    void inspectionOfWhatIsNoDocumentGivesTheCodeItWouldBeRefusedWith() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.xml"), "<ClinicalDocument", StandardCharsets.UTF_8);
        Program.Result result = mssante("cda", "inspect", file.toString());
        assertThat(result.out()).contains("MSS-D30");
    }

    @Test
    void refusalOfAMessageIsShownInTheServersWordsAndFailsTheCommand() throws IOException {
        Path file = Files.write(folder.resolve("note.pdf"), new byte[] {1});
        Program.Result result = mssante(
                "send",
                "--run-dir",
                other.instance().runDir().toString(),
                "--from",
                Mailboxes.LABORATORY.toString(),
                "--to",
                "contact@example.com",
                "--attach",
                file.toString());
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out()).contains("550 5.7.1", "MSS-T10");
    }

    @Test
    void explainTellsWhatBecameOfAMessageWithoutDocument() {
        String id = new Letters(other)
                .submit(
                        Mailboxes.LABORATORY,
                        Mailboxes.PRACTICE,
                        "Sans document",
                        new Attachment("note.pdf", "application/pdf", new byte[] {1}));
        other.traces().await("delivery", Traces.about(id).and(Traces.is(Event.DELIVERED)));
        Program.Result life =
                mssante("explain", "--run-dir", other.instance().runDir().toString(), id);
        assertThat(life.exitCode()).isZero();
        assertThat(life.out()).contains(Event.DELIVERED.english(), Mailboxes.PRACTICE.toString());
    }

    @Test
    void benchmarkSeesEveryMessageItHandedInOnceInItsInbox() {
        Program.Result measured = mssante(
                "bench",
                "smtp",
                "--run-dir",
                other.instance().runDir().toString(),
                "--sessions=2",
                "--recipients=2",
                "--size=5",
                "--warm-up=0",
                "--duration=1",
                "--rounds=1",
                "--patience=60",
                "--json");
        assertThat(measured.exitCode()).as(measured.all()).isZero();
        assertThat(measured.out()).contains("\"missing\" : 0,", "\"repeated\" : 0,", "\"deliveredPerSecond\" : ");
        assertThat(measured.err()).contains("accepted/s");
    }

    @Test
    void benchmarkInClearIsRefusedInTheServersWords() {
        Program.Result refused = mssante(
                "bench", "smtp", "--run-dir", other.instance().runDir().toString(), "--entry=PLAIN", "--warm-up=0");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("(PLAIN) refuses MAIL FROM").contains("530 ");
    }

    private static Program.Result mssante(String... words) {
        return MssanteCommand.run(words);
    }
}
