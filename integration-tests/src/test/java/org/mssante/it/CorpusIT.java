package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.it.client.Dmp;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.MssanteCommand;
import org.mssante.it.client.Program;
import org.mssante.it.corpus.Exhibit;
import org.mssante.it.corpus.Expectations;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.explain.DocumentEnd;
import org.mssante.launcher.explain.MessageLife;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.mail.MailContent;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/**
 * Real documents, sent as mail: each is filed unchanged or refused with the right code. Two instances, because packages
 * and bare documents of the corpus share identifiers.
 */
@EnabledIfSystemProperty(named = "mssante.corpus", matches = ".+", disabledReason = "no -Dmssante.corpus")
@Timeout(600)
class CorpusIT {
    private static final Pattern MESSAGE_ID = Pattern.compile("Message-ID: <([^>]+)>");
    private static final List<String> TABLE = new ArrayList<>();

    private final Expectations expectations = Expectations.read();

    @TempDir
    private Path scratch;

    /** What was sent, and what it ended as. */
    private record Trial(Exhibit exhibit, String messageId, MessageLife life) {}

    @BeforeAll
    static void startTable() throws IOException {
        MssanteCommand.tellWhatIsBuilt();
        TABLE.clear();
    }

    @AfterAll
    static void printTable() throws IOException {
        Map<String, Long> counts = TABLE.stream()
                .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
        String text = "file\tdocument\toutcome\tcode\n" + String.join("\n", TABLE) + "\n\n" + counts + "\n";
        System.out.println(text);
        Files.writeString(
                TestInstance.home().resolve("integration-tests/target/corpus-table.txt"), text, StandardCharsets.UTF_8);
    }

    @Test
    void everyBareDocumentIsFiledUnchangedOrRefusedWithTheRightCode() throws IOException, MessagingException {
        try (TestInstance instance = forEveryPatient("corpus-cda").up();
                Dmp dmp = Dmp.of(instance)) {
            assertEnds(instance, dmp, Exhibit.of(corpus(), "cda", "cda/older"), "cda/");
        }
    }

    @Test
    void everyPackageAndEveryMailIsFiledUnchangedOrRefusedWithTheRightCode() throws IOException, MessagingException {
        try (TestInstance instance = forEveryPatient("corpus-xdm").up();
                Dmp dmp = Dmp.of(instance)) {
            assertEnds(instance, dmp, Exhibit.of(corpus(), "xdm", "mail"), "xdm/");
        }
    }

    private static Path corpus() {
        return Path.of(System.getProperty("mssante.corpus"));
    }

    /** The patients of the corpus are nobody's here: everybody has an active DMP. */
    private static TestInstance forEveryPatient(String name) {
        return TestInstance.prepare(name).set(ServiceKind.STORE, "patients.unknown", "active");
    }

    /** @param folder the first exhibit of it that is filed whole goes through {@code ./mssante send}, as a user sends it */
    private void assertEnds(TestInstance instance, Dmp dmp, List<Exhibit> exhibits, String folder)
            throws IOException, MessagingException {
        String byCommand = exhibits.stream()
                .filter(exhibit -> exhibit.name().startsWith(folder) && isFiledWhole(exhibit))
                .findFirst()
                .orElseThrow()
                .name();
        SoftAssertions all = new SoftAssertions();
        for (Exhibit exhibit : exhibits) {
            Trial trial = play(instance, exhibit, exhibit.name().equals(byCommand));
            List<Outcome> outcomes = trial.life().documentEnds().stream()
                    .map(DocumentEnd::outcome)
                    .map(outcome -> outcome == Outcome.DOCUMENT_ALREADY_FILED ? Outcome.DOCUMENT_FILED : outcome)
                    .sorted()
                    .toList();
            all.assertThat(outcomes).as(exhibit.name()).isEqualTo(expectations.of(exhibit));
            for (DocumentEnd end : trial.life().documentEnds()) {
                TABLE.add(String.join(
                        "\t",
                        exhibit.name(),
                        end.documentId().orElse("-"),
                        end.outcome().verdict() == Outcome.Verdict.ACCEPTED ? "filed" : "refused",
                        end.outcome().code()));
                if (end.outcome().verdict() == Outcome.Verdict.ACCEPTED) {
                    if (exhibit.isMasked()) {
                        all.assertThat(dmp.entriesOf(end.documentId().orElseThrow()))
                                .as("%s keeps its mask", exhibit.name())
                                .isNotEmpty()
                                .allSatisfy(entry -> assertThat(entry.confidentialityCodes())
                                        .extracting(Code::code)
                                        .contains("MASQUE_PS"));
                    }
                    byte[] filed = dmp.retrieve(end.documentId().orElseThrow());
                    all.assertThat(exhibit.documents())
                            .as("%s comes back as it was sent", exhibit.name())
                            .anyMatch(sent -> Arrays.equals(sent, filed));
                }
            }
        }
        all.assertAll();
    }

    private boolean isFiledWhole(Exhibit exhibit) {
        return expectations.of(exhibit).stream().allMatch(Outcome.DOCUMENT_FILED::equals);
    }

    private Trial play(TestInstance instance, Exhibit exhibit, boolean byCommand) throws IOException {
        String id = byCommand ? command(instance, exhibit) : submit(instance, exhibit);
        int documents = expectations.of(exhibit).size();
        Awaitility.await(exhibit.name() + " ends")
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> life(instance, id).documentEnds().size() >= documents);
        return new Trial(exhibit, id, life(instance, id));
    }

    /** Each submission the same way as the command's, without a process for each. Gives the Message-ID. */
    private static String submit(TestInstance instance, Exhibit exhibit) {
        MailContent mail = exhibit.mail();
        SmtpAnswer answer = SmtpClient.submission(instance.instance(), instance.login(Mailboxes.LABORATORY))
                .send(mail, Mailboxes.LABORATORY, List.of(Mailboxes.PRACTITIONER));
        assertThat(answer).as(exhibit.name()).isInstanceOf(SmtpAnswer.Accepted.class);
        return mail.messageId().orElseThrow();
    }

    /** The file as it lies on the disk, a package under the name that announces one. Gives the Message-ID. */
    private String command(TestInstance instance, Exhibit exhibit) throws IOException {
        Path file = exhibit.name().endsWith(".zip")
                ? Files.copy(exhibit.file(), scratch.resolve("IHE_XDM.zip"))
                : exhibit.file();
        Program.Result sent = MssanteCommand.on(
                instance,
                "send",
                "--from",
                Mailboxes.LABORATORY.toString(),
                "--to",
                Mailboxes.PRACTITIONER.toString(),
                "--subject",
                "XDM/1.0/DDM+" + file.getFileName(),
                "--attach",
                file.toString(),
                "--wait");
        assertThat(sent.exitCode()).as(sent.all()).isZero();
        Matcher id = MESSAGE_ID.matcher(sent.out());
        assertThat(id.find()).as(sent.all()).isTrue();
        return id.group(1);
    }

    private static MessageLife life(TestInstance instance, String id) {
        return MessageLife.read(instance.instance().runDir(), id);
    }
}
