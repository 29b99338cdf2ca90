package org.mssante.annuaire.rpps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.StructureId;

/** The readers on the header lines and sample files of the corpus, and on the demonstration's extracts. */
final class PublishedExtractsTest {
    private final ExtractReader reader = new ExtractReader(65_536);

    /** The corpus, or an assumption that fails. */
    static Path corpus() {
        String corpus = System.getProperty("mssante.corpus", "");
        assumeTrue(!corpus.isEmpty(), "no corpus: set -Dmssante.corpus");
        return Path.of(corpus).resolve("annuaire");
    }

    @Test
    void asksForNoColumnThatThePublishedHeadersDoNotHave() throws IOException {
        assertHeld("PS_LibreAcces_Personne_activite.header.txt", new ActivityFormat());
        assertHeld("PS_LibreAcces_SavoirFaire.header.txt", new SkillFormat());
        assertHeld("PS_LibreAcces_Dipl_AutExerc.header.txt", new DiplomaFormat());
        assertHeld("Extraction_Correspondance_MSSante.header.txt", new PublishedMailboxFormat());
    }

    private void assertHeld(String file, ExtractFormat<?> format) throws IOException {
        String header = Files.readString(corpus().resolve("headers").resolve(file), StandardCharsets.UTF_8)
                .strip();
        List<String> names = List.of(header.split("\\|", -1));
        assertThat(format.columns())
                .as(file)
                .allSatisfy(column -> assertThat(names).contains(column.name()));
        InputStream in = new ByteArrayInputStream((header + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(reader.read(file, in, format, unused -> {}).quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PS_LibreAcces_Personne_activite_SYNTHETIC.txt",
                "ps-libreacces-personne-activite_SYNTHETIC_no-trailing-pipe.txt"
            })
    void readsActivitiesWithAndWithoutTrailingSeparator(String file) throws IOException {
        List<Activity> activities = new ArrayList<>();
        ReadReport report = read(corpus().resolve("synthetic").resolve(file), new ActivityFormat(), activities::add);

        assertThat(report.quarantined()).isZero();
        assertThat(activities).hasSize(4);
        assertThat(activities).extracting(Activity::practising).containsExactly(true, true, true, false);
        assertThat(activities.get(0).site().orElseThrow().id().kind()).isEqualTo(StructureId.Kind.CABINET_RPPS);
        assertThat(activities.get(1).site().orElseThrow().id().kind()).isEqualTo(StructureId.Kind.FINESS);
        assertThat(activities.get(1).site().orElseThrow().place().town()).isEqualTo("AJACCIO");
        assertThat(activities.get(2).site().orElseThrow().id().kind()).isEqualTo(StructureId.Kind.SIRET);
        assertThat(activities.get(2).familyName()).isEqualTo("D'EXEMPLE LE GRAND");
        assertThat(activities.get(3).site()).isEmpty();
    }

    @Test
    void readsMailboxesWithQuotesInNames() throws IOException {
        List<PublishedMailbox> mailboxes = new ArrayList<>();
        ReadReport report = read(
                corpus().resolve("synthetic/Extraction_Correspondance_MSSante_SYNTHETIC.txt"),
                new PublishedMailboxFormat(),
                mailboxes::add);

        assertThat(report.rows()).isEqualTo(4);
        assertThat(mailboxes.get(1).structureName()).isEqualTo("CH \"DE TEST\"");
        assertThat(mailboxes.get(1).address()).isEqualTo(mailboxes.get(2).address());
        assertThat(mailboxes.get(3).type()).isEqualTo(MailboxType.ORG);
        assertThat(mailboxes.get(3).holder()).isEmpty();
    }

    @Test
    void readsTheDemonstrationsExtractsWithoutFault() throws IOException {
        ExtractFolder folder = new ExtractFolder(AnnuaireFixture.home().resolve("conf/demo/extracts"));
        List<ReadReport> reports = List.of(
                read(folder, new ActivityFormat()),
                read(folder, new SkillFormat()),
                read(folder, new PublishedMailboxFormat()));

        assertThat(reports).allSatisfy(report -> {
            assertThat(report.rows()).isPositive();
            assertThat(report.quarantined()).isZero();
            assertThat(report.malformedBytes()).isZero();
            assertThat(report.doubtfulKeys()).isZero();
            assertThat(report.complete()).isTrue();
        });
    }

    private ReadReport read(ExtractFolder folder, ExtractFormat<?> format) throws IOException {
        ExtractFolder.Source source = folder.find(format).orElseThrow();
        try (InputStream in = source.open()) {
            return reader.read(source.name(), in, format, unused -> {});
        }
    }

    private <R> ReadReport read(Path file, ExtractFormat<R> format, ExtractReader.Sink<R> sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(file.getFileName().toString(), in, format, sink);
        }
    }
}
