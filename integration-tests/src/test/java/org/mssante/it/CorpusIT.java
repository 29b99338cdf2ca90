package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            assertEnds(instance, dmp, Exhibit.of(corpus(), "cda", "cda/older"));
        }
    }

    @Test
    void everyPackageAndEveryMailIsFiledUnchangedOrRefusedWithTheRightCode() throws IOException, MessagingException {
        try (TestInstance instance = forEveryPatient("corpus-xdm").up();
                Dmp dmp = Dmp.of(instance)) {
            assertEnds(instance, dmp, Exhibit.of(corpus(), "xdm", "mail"));
        }
    }

    private static Path corpus() {
        return Path.of(System.getProperty("mssante.corpus"));
    }

    /** The patients of the corpus are nobody's here: everybody has an active DMP. */
    private static TestInstance forEveryPatient(String name) {
        return TestInstance.prepare(name).set(ServiceKind.STORE, "patients.unknown", "active");
    }

    private void assertEnds(TestInstance instance, Dmp dmp, List<Exhibit> exhibits)
            throws IOException, MessagingException {
        SoftAssertions all = new SoftAssertions();
        for (Exhibit exhibit : exhibits) {
            Trial trial = play(instance, exhibit);
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

    private Trial play(TestInstance instance, Exhibit exhibit) throws IOException {
        String id = send(instance, exhibit);
        int documents = expectations.of(exhibit).size();
        Awaitility.await(exhibit.name() + " ends")
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> life(instance, id).documentEnds().size() >= documents);
        return new Trial(exhibit, id, life(instance, id));
    }

    /** {@code ./mssante send} of the file as it lies on the disk. Gives the Message-ID. */
    private String send(TestInstance instance, Exhibit exhibit) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("send", "--from", Mailboxes.LABORATORY.toString(), "--to", Mailboxes.PRACTITIONER.toString()));
        if (exhibit.isMail()) {
            words.addAll(List.of("--message", exhibit.file().toString()));
        } else {
            words.addAll(List.of(
                    "--subject",
                    "XDM/1.0/DDM+" + exhibit.file().getFileName(),
                    "--attach",
                    attached(exhibit).toString()));
        }
        Program.Result sent = MssanteCommand.within(instance, words.toArray(String[]::new));
        assertThat(sent.exitCode()).as("%s: %s", exhibit.name(), sent.all()).isZero();
        Matcher id = MESSAGE_ID.matcher(sent.out());
        assertThat(id.find()).as(sent.all()).isTrue();
        return id.group(1);
    }

    /** A package goes under the name that announces one. */
    private Path attached(Exhibit exhibit) throws IOException {
        return exhibit.isPackage()
                ? Files.copy(exhibit.file(), scratch.resolve("IHE_XDM.zip"), StandardCopyOption.REPLACE_EXISTING)
                : exhibit.file();
    }

    private static MessageLife life(TestInstance instance, String id) {
        return MessageLife.read(instance.instance().runDir(), id);
    }
}
