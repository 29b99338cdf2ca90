package org.mssante.dmp.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.service.ServiceControl;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.DmpBridge;
import org.mssante.dmp.bridge.admin.DocumentDesk;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.filing.FakeDmp;
import org.mssante.dmp.bridge.filing.TestBridge;

/** The commands as a person calls them, with the configuration that is shipped. */
class BridgeCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void showsTheMetadataOfADocument() throws IOException {
        Result result = run("cda", "inspect", file("a.xml", Samples.report()));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("WOULD_BE_FILED", Samples.DOCUMENT_ID, "urn:ihe:lab:xd-lab:2008");
    }

    @Test
    void showsTheRefusalOfAPackage() throws IOException {
        Map<String, byte[]> files = Samples.packageFiles();
        files.remove("IHE_XDM/SUBSET01/DOC00001.XML");
        Result result = run("xdm", "inspect", file("a.zip", Samples.zip(files)));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("MSS-D34", "XDM_DOCUMENT_MISSING");
    }

    @Test
    void showsAPartThatIsNotLookedInto() throws IOException {
        byte[] mail = Samples.plainMail(Samples.part("application/zip", "photos.zip", Samples.utf8("PK\3\4 no more")));

        assertThat(run("mail", "inspect", file("a.eml", mail)).out())
                .contains("\"WOULD_BE_NOTED\"", "\"MSS-D55\"", "\"NOTHING_TO_FILE\"");
    }

    @Test
    void showsWhatAMailHolds() throws IOException {
        assertThat(run("mail", "inspect", file("a.eml", Samples.mailWithPackage()))
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "opposition=INO, 0, WOULD_BE_FILED",
        "opposition=IO, 1, MSS-D12",
        "dmp=closed, 1, MSS-D11",
        "blocked=899999999911, 1, MSS-D25",
        "author=unlisted, 1, MSS-D24",
        "author=without_rpps, 1, MSS-D24",
        "author=unavailable, 3, WOULD_WAIT",
        "author=noted, 0, author=NOTED",
        "dmp=unavailable, 3, WOULD_WAIT",
        "dmp=shut, 2, ''",
        "other=1, 2, ''"
    })
    void decidesOnThePatientsRightsAsAFileTellsThem(String rights, int code, String words) throws IOException {
        Result result = inspectedWith(rights);

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"dmp=shut, dmp=SHUT", "opposition=no, opposition=NO", "author=x, author=X", "structure=y, structure=Y"})
    void saysWhichValueOfTheRightsIsNotKnown(String rights, String words) throws IOException {
        Result result = inspectedWith(rights);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("says " + words + ",").doesNotContain("enum constant");
    }

    /** A mail with a package, and the patient's rights as a file tells them. */
    private Result inspectedWith(String rights) throws IOException {
        return run(
                "mail",
                "inspect",
                file("a.eml", Samples.mailWithPackage()),
                "--consent",
                file("rights.properties", Samples.utf8(rights)));
    }

    @Test
    void showsAndRestartsTheDocumentsOfARunningBridge() throws IOException {
        String run = folder.resolve("run").toString();
        FakeDmp dmp = new FakeDmp().down(true);
        List<TraceEntry> traced = new ArrayList<>();
        AtomicInteger woken = new AtomicInteger();
        try (TestBridge bridge = new TestBridge(folder, "bridge-1", Instant.parse("2026-11-20T10:00:00Z"), dmp);
                ServiceControl control = control(run, bridge, traced, woken)) {
            assertThat(control).isNotNull();
            bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(run("dmp", "queue", "--run-dir", run).out()).contains("WAITING", "MSS-D03", Samples.DOCUMENT_ID);
            assertThat(run("dmp", "queue", "--limit", "0", "--run-dir", run).code())
                    .isEqualTo(2);
            assertThat(run("dmp", "show", "<test-1@demo.mssante.fr>", "--run-dir", run)
                            .out())
                    .contains("\"rule\" : \"R40\"");
            assertThat(run("dmp", "explain", Samples.DOCUMENT_ID, "--run-dir", run)
                            .out())
                    .contains("rule R40", "waits after 1 attempts");
            assertThat(woken).hasValue(0);
            assertThat(run("dmp", "retry", Samples.DOCUMENT_ID, "--run-dir", run)
                            .out())
                    .contains("is due now");
            assertThat(woken).hasValue(1);
            assertThat(run("dmp", "retry", "1.2.3", "--run-dir", run).code()).isEqualTo(1);
        }
        assertThat(traced)
                .singleElement()
                .satisfies(entry -> assertThat(entry.event()).isEqualTo(Event.OPERATOR_RETRIED))
                .satisfies(entry -> assertThat(entry.fields().get(Field.ACTOR))
                        .isEqualTo("operator " + System.getProperty("user.name")));
    }

    @Test
    void aPersonDecidesAboutADocumentWhoseMailboxWantsToBeAsked() throws IOException {
        String run = folder.resolve("run").toString();
        List<TraceEntry> traced = new ArrayList<>();
        AtomicInteger woken = new AtomicInteger();
        try (TestBridge bridge = new TestBridge(
                                folder, "bridge-1", Instant.parse("2026-11-20T10:00:00Z"), new FakeDmp())
                        .whereTheRecipientWants(DmpFiling.ASK);
                ServiceControl control = control(run, bridge, traced, woken)) {
            assertThat(control).isNotNull();
            bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(run("dmp", "queue", "--run-dir", run).out()).contains("ASKED", "MSS-D47", Samples.DOCUMENT_ID);
            assertThat(run("dmp", "explain", Samples.DOCUMENT_ID, "--run-dir", run)
                            .out())
                    .contains("rule R52", "waits until a person says", "dmp discard");
            assertThat(run("dmp", "retry", Samples.DOCUMENT_ID, "--run-dir", run)
                            .code())
                    .as("to try again is no decision")
                    .isEqualTo(1);
            assertThat(run("dmp", "discard", Samples.DOCUMENT_ID, "--run-dir", run)
                            .code())
                    .as("without a reason")
                    .isEqualTo(2);
            assertThat(woken).hasValue(0);
            assertThat(run("dmp", "discard", Samples.DOCUMENT_ID, "--reason", "is another's patient", "--run-dir", run)
                            .out())
                    .contains("is not filed");
            assertThat(woken).hasValue(1);
            assertThat(run("dmp", "show", Samples.DOCUMENT_ID, "--run-dir", run).out())
                    .contains("REFUSED", "MSS-D48", "is another's patient", System.getProperty("user.name"));
            assertThat(run("dmp", "explain", Samples.DOCUMENT_ID, "--run-dir", run)
                            .out())
                    .contains("not to be filed, as " + System.getProperty("user.name"));
            assertThat(run("dmp", "file", Samples.DOCUMENT_ID, "--run-dir", run).code())
                    .as("it has been decided")
                    .isEqualTo(1);
        }
        assertThat(traced).extracting(TraceEntry::event).containsExactly(Event.FILING_DECIDED, Event.DOCUMENT_REFUSED);
    }

    private static ServiceControl control(String run, TestBridge bridge, List<TraceEntry> traced, AtomicInteger woken) {
        return ServiceControl.start(
                DmpBridge.NAME,
                Path.of(run),
                new ControlSettings(1, 16_384, Duration.ofSeconds(10), Duration.ofSeconds(10)),
                new EventCounts(traced::add),
                List.of(),
                new DocumentDesk(bridge.queue, traced::add, woken::incrementAndGet, Clock.systemUTC()).routes());
    }

    @Test
    void saysThatTheBridgeDoesNotRun() {
        assertThat(run("dmp", "queue", "--run-dir", folder.toString()).code()).isEqualTo(3);
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        assertThat(run("cda", "inspect", file("a.txt", Samples.utf8("bonjour"))))
                .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("MSS-D30"));
        assertThat(run("xdm", "inspect", file("b.txt", Samples.utf8("bonjour"))).out())
                .contains("MSS-D33");
    }

    @ParameterizedTest
    @CsvSource({
        "dmp",
        "dmp list",
        "dmp get",
        "dmp queue",
        "dmp show",
        "dmp file",
        "dmp discard",
        "cda inspect",
        "xdm inspect",
        "mail inspect"
    })
    void everyCommandExplainsItselfUnderTheNameItIsTypedWith(String command) {
        Result result = run((command + " --help").split(" ", -1));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: mssante " + command);
    }

    @Test
    void tellsWrongUsageFromRefusal() {
        assertThat(run("cda", "inspect").code()).isEqualTo(2);
        assertThat(run("cda", "inspect", "/nowhere/at/all.xml").code()).isEqualTo(2);
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        PrintStream console = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = BridgeCommand.run(args);
            return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(console);
            System.setErr(errors);
        }
    }
}
