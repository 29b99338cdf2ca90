package org.mssante.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.control.ControlServer;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.settings.InstanceNote;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trust.TestPki;
import org.mssante.server.trust.TestTrustLists;
import org.mssante.server.trust.TestTrustSpaceFolder;
import org.mssante.server.trust.TrustListInForce;
import org.mssante.server.trust.TrustService;
import picocli.CommandLine;

/** What an operator asks about a running server, and the one thing he tells it. */
class TrustInstanceCommandTest {
    @TempDir
    private Path runDir;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void statusShowsTheListInForceItsSignerTheRevocationListsAndNoAlarm() throws IOException {
        TestTrustSpaceFolder folder = new TestTrustSpaceFolder(runDir);
        byte[] list = folder.publish(10, 0);
        try (TrustService running = folder.start();
                ControlServer answering = answering()) {
            assertThat(answering).isNotNull();
            await().until(() -> execute("status", "--json") == 0);
            assertThat(running.certificates()).isNotNull();
            assertThat(execute("status")).isZero();
            assertThat(out.toString())
                    .startsWith("As the server saw it at ")
                    .contains("signer         CN=listeblanche.exemple.mssante.fr");
            execute("status", "--json");
        }
        JsonNode status = new ObjectMapper().readTree(out.toString());
        assertThat(status.at("/list/sha256").asText()).isEqualTo(TrustListInForce.sha256(list));
        assertThat(status.at("/list/generated").asText()).isEqualTo(TestPki.NOW.toString());
        assertThat(status.at("/list/domains").asInt()).isEqualTo(10);
        assertThat(status.at("/list/usable").asBoolean()).isTrue();
        assertThat(status.at("/revocationLists")).hasSize(2);
        assertThat(status.at("/serverAnswers").asBoolean()).isTrue();
    }

    @Test
    void statusOfADeadServerSaysSoFirstAndEndsAsHealthDoes() throws IOException {
        TestTrustSpaceFolder folder = new TestTrustSpaceFolder(runDir);
        folder.publish(10, 0);
        try (TrustService running = folder.start()) {
            await().until(() -> Files.exists(runDir.resolve("server/data/trust/status.json")));
            assertThat(running.certificates()).isNotNull();
        }

        assertThat(execute("status")).isEqualTo(3);
        assertThat(out.toString())
                .startsWith("The server does not answer (MSS-H01)")
                .contains("Trust list");
        assertThat(execute("status", "--json")).isEqualTo(3);
        assertThat(new ObjectMapper().readTree(out.toString()).at("/serverAnswers"))
                .isEqualTo(BooleanNode.FALSE);
    }

    @Test
    void theOperatorSeesWhatAListTakesAwayAndConfirmsExactlyThatOne() throws IOException {
        TestTrustSpaceFolder folder = new TestTrustSpaceFolder(runDir);
        folder.publish(10, 0);
        try (TrustService running = folder.start();
                ControlServer answering = answering()) {
            assertThat(answering).isNotNull();
            byte[] shorter = folder.publish(6, 1);
            await().until(() -> execute("status") == 1 && out.toString().contains("ALARM: "));
            assertThat(execute("confirm")).isOne();
            assertThat(out.toString()).contains("takes away 4 rows (40 %)", "  d9.mssante.fr");
            assertThat(execute("confirm", "--sha256", "0123")).isOne();
            assertThat(err.toString()).contains("Another trust list waits");
            assertThat(running.space().domain(new MailDomain("d9.mssante.fr")).isAccepted())
                    .isTrue();
            assertThat(execute("confirm", "--sha256", TrustListInForce.sha256(shorter)))
                    .isZero();

            await().until(() ->
                    !running.space().domain(new MailDomain("d9.mssante.fr")).isAccepted());
            assertThat(execute("confirm")).isOne();
            assertThat(out.toString()).contains("No trust list waits");
        }
        assertThat(execute("history", "--at", TestPki.NOW.toString(), "--out", runDir.resolve("then.xml")))
                .isZero();
        assertThat(Files.size(runDir.resolve("then.xml"))).isPositive();
        assertThat(execute("history", "--at", TestPki.NOW.toString(), "--out", runDir.resolve("list.xml")))
                .isOne();
        assertThat(err.toString()).contains("There is already a ", "name another file");
        assertThat(execute("history", "--out", runDir.resolve("other.xml"))).isEqualTo(2);
        assertThat(runDir.resolve("other.xml")).doesNotExist();
        assertThat(execute("history", "--at", "2001-01-01T00:00:00Z")).isOne();
    }

    @Test
    void statusSaysWhyNothingNewerComesIntoForceAlsoWhileAnotherListWaits() throws IOException {
        TestTrustSpaceFolder folder = new TestTrustSpaceFolder(runDir);
        folder.publish(10, 0);
        try (TrustService running = folder.start();
                ControlServer answering = answering()) {
            assertThat(answering).isNotNull();
            folder.publish(6, 1);
            await().until(() -> running.state().waiting().isPresent());
            Files.writeString(runDir.resolve("list.xml"), "<garbage/>");

            await().until(() -> execute("status") == 1 && out.toString().contains("SIGNATURE_MISSING"));
            assertThat(out.toString())
                    .contains("Why nothing newer comes into force", "since          " + TestPki.NOW)
                    .contains("Waiting for ./mssante trust confirm");
            execute("status", "--json");
            JsonNode problem = new ObjectMapper().readTree(out.toString()).path("problem");
            assertThat(problem.path("since").asText()).isEqualTo(TestPki.NOW.toString());
            assertThat(problem.path("code").asText()).isEqualTo("SIGNATURE_MISSING");
            Files.delete(runDir.resolve("list.xml"));
            await().until(() -> execute("status") == 1 && out.toString().contains("SOURCE_UNAVAILABLE"));
        }
    }

    @Test
    void aListCountsByTheSignerOfTheInstanceUnlessTheCommandLineNamesAnother() throws IOException {
        Path list = runDir.resolve("list-of-somebody.xml");
        Files.write(list, new TestTrustSpaceFolder(runDir).listSignedBy("somebody.mssante.fr"));
        configure("trust.list.signer.cn=" + TestTrustLists.SIGNER_CN);

        assertThat(verify(list)).isOne();
        assertThat(out.toString()).contains("REFUSED", "somebody else than the configured signer");
        assertThat(verify(list, "--signer-cn", "somebody.mssante.fr")).isZero();
        assertThat(verify(list, "--anchors", runDir.resolve("anchors"))).isOne();
        configure("trust.list.signer.cn=somebody.mssante.fr");
        assertThat(verify(list)).isZero();
        assertThat(out.toString()).contains("signer name   looked at");
        configure("trust.list.signer.cn=somebody.mssante.fr", "trust.list.signer.issuer=CN=OTHER,O=TEST,C=FR");
        assertThat(verify(list)).isOne();
        assertThat(verify(list, "--signer-issuer", "CN=TEST ORGANISATIONS,O=TEST,C=FR"))
                .isZero();
    }

    @Test
    void aCertificateIsCheckedByAListOfTheSignerOfTheInstanceOnly() throws IOException {
        TestTrustSpaceFolder folder = new TestTrustSpaceFolder(runDir);
        Path list = runDir.resolve("list-of-somebody.xml");
        Files.write(list, folder.listSignedBy("somebody.mssante.fr"));
        Path certificate = folder.writeOperator();
        configure("trust.list.signer.cn=" + TestTrustLists.SIGNER_CN);
        Object[] check = {
            "check", "--list", list, "--domain", "d0.mssante.fr", "--cert", certificate, "--at", TestPki.NOW
        };

        assertThat(execute(check)).isOne();
        assertThat(out.toString()).contains("The list is not valid");
        configure("trust.list.signer.cn=somebody.mssante.fr");
        assertThat(execute(check)).isZero();
    }

    @Test
    void explainShowsTheLastRefusalsInBothLanguagesWithWhatTheyRestOn() {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, Clock.systemUTC())) {
            trace.record(refusal("MAIL FROM:<a@premier.fr>"));
            trace.record(TraceEntry.of(Event.COMMAND_REFUSED).outcome(Outcome.MAILBOX_UNKNOWN));
            trace.record(refusal("MAIL FROM:<b@second.fr>"));
        }

        assertThat(execute("explain", "--last", "1")).isZero();
        assertThat(out.toString())
                .contains(
                        "MSS-T08",
                        Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN.english(),
                        Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN.french(),
                        "MAIL FROM:<b@second.fr>",
                        "CN=smtp.exemple.fr")
                .doesNotContain("premier", "MSS-M04");
    }

    @Test
    void explainNamesTheMessageRefusedAtItsEndAndListsAnUnclearAuthor() {
        try (JsonLinesTrace trace = JsonLinesTrace.open("server", runDir, Clock.systemUTC())) {
            trace.record(TraceEntry.of(Event.COMMAND_REFUSED)
                    .outcome(Outcome.FROM_INVALID)
                    .with(Field.MESSAGE_ID, "<two-authors@exemple.fr>"));
        }

        assertThat(execute("explain")).isZero();
        assertThat(out.toString()).contains("MSS-M44", "<two-authors@exemple.fr>");
    }

    @Test
    void saysInASentenceWhatIsWrongWithTheCommandLine() {
        assertThat(execute("check", "--domain", "demo.", "--cert", runDir.resolve("cert.pem")))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'demo.' is no domain: a mail domain has letters")
                .doesNotContain("\tat ");
        assertThat(execute("verify", "--list", runDir.resolve("list.xml"), "--signer-issuer", "nobody"))
                .isEqualTo(2);
        runDir = runDir.resolve("none");
        assertThat(execute("explain")).isOne();
        assertThat(err.toString()).contains("There is no ", "--run-dir").doesNotContain("\tat ");
    }

    @Test
    void saysWhatToDoWhereNoServerHasEverRun() {
        assertThat(execute("status")).isOne();
        assertThat(err.toString()).contains("./mssante up", "--run-dir");
    }

    private ControlServer answering() {
        return ControlServer.start(
                ControlAddress.of(runDir, "server"),
                new ControlSettings(2, 16_384, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                ControlRoutes.none().get("/health", request -> ControlAnswer.json(json -> {})));
    }

    private int verify(Path list, Object... more) {
        return execute(Stream.concat(Stream.of("verify", "--list", list, "--at", TestPki.NOW), Stream.of(more))
                .toArray());
    }

    /** The instance's own configuration, as far as the commands read it. */
    private void configure(String... signer) throws IOException {
        Path conf = Files.createDirectories(runDir.resolve("conf/server"));
        Files.write(
                conf.resolve("server.properties"),
                Stream.concat(Stream.of("trust.anchors=${run}/anchors", "trust.crls=${run}/crl"), Stream.of(signer))
                        .toList());
        new InstanceNote(runDir.resolve("conf"), 0).write(runDir);
    }

    private static TraceEntry refusal(String command) {
        return TraceEntry.of(Event.COMMAND_REFUSED)
                .outcome(Outcome.CERTIFICATE_NOT_LISTED_FOR_DOMAIN)
                .with(Field.RULE, command)
                .with(Field.CERTIFICATE_SUBJECT, "CN=smtp.exemple.fr");
    }

    private int execute(Object... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = TrustCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                Stream.concat(Stream.of(arguments).map(Object::toString), Stream.of("--run-dir", runDir.toString()))
                        .toArray(String[]::new));
    }
}
