package org.mssante.annuaire.rpps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.Rpps;

final class ExtractReaderTest {
    private static final String HEADER = "Type d'identifiant PP|Identifiant PP|Code profession|Code type savoir-faire"
            + "|Code savoir-faire|Libellé savoir-faire";
    private static final String ROW = "8|10999010019|10|S|SM54|Médecine générale";

    private final ExtractReader reader = new ExtractReader(1_000);
    private final List<Skill> skills = new ArrayList<>();

    @Test
    void readsRowsByColumnName() throws IOException {
        ReadReport report = read(HEADER + "\n" + ROW + "\n");

        assertThat(skills).containsExactly(new Skill(new Rpps("10999010019"), "10", "S", "SM54", "Médecine générale"));
        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.quarantined()).isZero();
        assertThat(report.complete()).isTrue();
    }

    @Test
    void findsColumnsWhereverTheyStandAmongOthers() throws IOException {
        read("Libellé savoir-faire|Nouvelle colonne|Code savoir-faire|Code type savoir-faire|Code profession"
                + "|Identifiant PP|Type d'identifiant PP\nPédiatrie|x|SM40|S|10|10999010019|8\n");

        assertThat(skills).containsExactly(new Skill(new Rpps("10999010019"), "10", "S", "SM40", "Pédiatrie"));
    }

    @Test
    void toleratesTheTrailingSeparatorOfTheAgencysFiles() throws IOException {
        read(HEADER + "|\n" + ROW + "|\n" + ROW + "\n");

        assertThat(skills).hasSize(2);
    }

    @Test
    void toleratesByteOrderMarkAndWindowsLineEnds() throws IOException {
        read("\uFEFF" + HEADER + "\r\n" + ROW + "\r\n");

        assertThat(skills)
                .singleElement()
                .satisfies(skill -> assertThat(skill.label()).isEqualTo("Médecine générale"));
    }

    @Test
    void takesQuotesAsData() throws IOException {
        read(HEADER + "\n8|10999010019|10|S|X|\"à moitié ouvert\n8|10999010027|10|S|X|d'une \"autre\" sorte\n");

        assertThat(skills).extracting(Skill::label).containsExactly("\"à moitié ouvert", "d'une \"autre\" sorte");
    }

    @Test
    void countsMalformedBytesAndKeepsTheRow() throws IOException {
        byte[] text = (HEADER + "\n8|10999010019|10|S|X|M#decine\n").getBytes(StandardCharsets.UTF_8);
        text[new String(text, StandardCharsets.ISO_8859_1).indexOf('#')] = (byte) 0xE9;

        ReadReport report = reader.read("x", new ByteArrayInputStream(text), new SkillFormat(), skills::add);

        assertThat(report.malformedBytes()).isEqualTo(1);
        assertThat(skills)
                .singleElement()
                .satisfies(skill -> assertThat(skill.label()).isEqualTo("M\uFFFDdecine"));
    }

    @Test
    void quarantinesLinesWithAnotherNumberOfColumns() throws IOException {
        ReadReport report = read(HEADER + "\n8|10999010019|10\n" + ROW + "\n" + ROW + "||\n\n");

        assertThat(skills).hasSize(1);
        assertThat(report.quarantined()).isEqualTo(3);
        assertThat(report.firstFaults())
                .containsExactly("line 2 has 3 columns", "line 4 has 8 columns", "line 5 has 1 columns");
    }

    @Test
    void quarantinesOverlongLinesAndGoesOn() throws IOException {
        ReadReport report = read(HEADER + "\n8|10999010019|10|S|X|" + "y".repeat(2_000) + "\n" + ROW + "\n");

        assertThat(report.firstFaults()).containsExactly("line 2 is too long");
        assertThat(skills).hasSize(1);
    }

    @Test
    void readsLineOfExactlyTheLimit() throws IOException {
        String start = "8|10999010019|10|S|X|";
        ReadReport report = read(HEADER + "\n" + start + "y".repeat(1_000 - start.length()) + "\n");

        assertThat(report.quarantined()).isZero();
    }

    @Test
    void quarantinesRowsWithoutAnRppsNumber() throws IOException {
        ReadReport report = read(HEADER + "\n0|759999999|10|S|X|y\n8|123|10|S|X|y\n8||10|S|X|y\n");

        assertThat(skills).isEmpty();
        assertThat(report.quarantined()).isEqualTo(3);
    }

    @Test
    void takesAnIdentifierWithWrongKeyAndCountsIt() throws IOException {
        ReadReport report = read(HEADER + "\n8|10999010018|10|S|X|y\n");

        assertThat(skills).hasSize(1);
        assertThat(report.doubtfulKeys()).isEqualTo(1);
    }

    @Test
    void tellsFileThatEndsWithinLine() throws IOException {
        assertThat(read(HEADER + "\n" + ROW).complete()).isFalse();
        assertThat(skills).hasSize(1);
    }

    @Test
    void namesTheRequiredColumnThatIsMissing() {
        assertThatThrownBy(() -> read("Type d'identifiant PP|Identifiant PP|Code profession\n"))
                .isInstanceOf(MalformedExtractException.class)
                .hasMessage("The extract skills.txt has no column \"Code type savoir-faire\": its format has changed or"
                        + " it is another file.");
    }

    @Test
    void refusesHeaderThatNamesColumnTwice() {
        assertThatThrownBy(() -> read(HEADER + "|Code savoir-faire\n"))
                .isInstanceOf(MalformedExtractException.class)
                .hasMessageContaining("\"Code savoir-faire\" twice");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(MalformedExtractException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void readsLinesAcrossTheEdgesOfItsBuffer() throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int i = 0; i < 10_000; i++) {
            text.append("8|10999010019|10|S|X|é").append(i).append('\n');
        }

        read(text.toString());

        assertThat(skills).hasSize(10_000);
        assertThat(skills.get(9_999).label()).isEqualTo("é9999");
    }

    @Test
    void findsTheNewestTextOfTheFolderByPrefix(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("PS_LibreAcces_SavoirFaire_202610010312.txt"), HEADER + "\n");
        Files.writeString(folder.resolve("PS_LibreAcces_SavoirFaire_202611010312.txt"), HEADER + "\n");
        Files.writeString(folder.resolve("PS_LibreAcces_Dipl_AutExerc_202611010312.txt"), "");

        assertThat(new ExtractFolder(folder)
                        .find(new SkillFormat())
                        .orElseThrow()
                        .name())
                .isEqualTo("PS_LibreAcces_SavoirFaire_202611010312.txt");
        assertThat(new ExtractFolder(folder).find(new ActivityFormat())).isEmpty();
    }

    @Test
    void readsTheZipAsDelivered(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("PS_LibreAcces_Dipl_AutExerc_202611010312.txt"));
            zip.write("x".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("PS_LibreAcces_SavoirFaire_202611010312.txt"));
            zip.write((HEADER + "|\n" + ROW + "|\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("PS_LibreAcces_202611010312.zip"), bytes.toByteArray());

        ExtractFolder.Source source =
                new ExtractFolder(folder).find(new SkillFormat()).orElseThrow();
        try (InputStream in = source.open()) {
            reader.read(source.name(), in, new SkillFormat(), skills::add);
        }

        assertThat(skills).hasSize(1);
    }

    private ReadReport read(String text) throws IOException {
        return reader.read(
                "skills.txt",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                new SkillFormat(),
                skills::add);
    }
}
