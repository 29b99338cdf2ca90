package org.mssante.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.Attachment;

class SampleFolderTest {
    private static final String DOCUMENT =
            "<ClinicalDocument><templateId root=\"1.2.3.45\"/><id root=\"1.2.3.4\"/><setId root=\"1.2.3.5\"/>"
                    + "<title>é</title></ClinicalDocument>";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSample() throws IOException {
        byte[] document = DOCUMENT.getBytes(StandardCharsets.UTF_8);
        Path subset = Files.createDirectories(folder.resolve("IHE_XDM/SUBSET01"));
        Files.write(subset.resolve("DOC00001.XML"), document);
        Files.writeString(
                subset.resolve("METADATA.XML"),
                "<x value=\"1.2.3.4\"/><Slot name=\"hash\"><ValueList><Value>"
                        + Hash.sha1(document) + "</Value></ValueList></Slot><Slot name=\"size\"><ValueList><Value>"
                        + document.length + "</Value></ValueList></Slot><ExternalIdentifier "
                        + "identificationScheme=\"urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8\" id=\"e\" "
                        + "value=\"1.2.3.6\"/>");
        Files.writeString(folder.resolve("INDEX.HTM"), "index");
        Files.write(folder.resolve("report.pdf"), new byte[] {1, 2});
    }

    @Test
    void aReportHasIdentifiersNobodyHasUsed() throws IOException {
        SampleReport report = new SampleFolder(folder).report(77);
        assertThat(report.documentId()).isEqualTo("1.2.3.4.77");
        assertThat(text(report.document()))
                .contains("<id root=\"1.2.3.4.77\"/>", "<setId root=\"1.2.3.5.77\"/>", "root=\"1.2.3.45\"");
        assertThat(zip(report).get("IHE_XDM/SUBSET01/METADATA.XML"))
                .contains("<x value=\"1.2.3.4.77\"/>", "value=\"1.2.3.6.77\"");
    }

    @Test
    void theMetadataAgreeWithTheDocument() throws IOException {
        SampleReport report = new SampleFolder(folder).report(78);
        byte[] document = report.document().content();
        Map<String, String> zip = zip(report);
        assertThat(zip.get("IHE_XDM/SUBSET01/METADATA.XML"))
                .contains("<Value>" + Hash.sha1(document) + "</Value>", "<Value>" + document.length + "</Value>");
        assertThat(zip.get("IHE_XDM/SUBSET01/DOC00001.XML")).isEqualTo(text(report.document()));
    }

    @Test
    void thePdfTravelsBesideThePackage() throws IOException {
        SampleReport report = new SampleFolder(folder).report(79);
        assertThat(report.attachments()).extracting(Attachment::name).containsExactly("IHE_XDM.zip", "report.pdf");
        assertThat(zip(report)).containsKey("INDEX.HTM").doesNotContainKey("report.pdf");
    }

    @Test
    void aFolderWithoutMetadataIsABareDocument() throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.writeString(bare.resolve("LETTRE.XML"), DOCUMENT);
        SampleReport report = new SampleFolder(bare).report(81);
        assertThat(report.attachments()).extracting(Attachment::name).containsExactly("LETTRE.XML");
        assertThat(text(report.attachments().get(0))).contains("<id root=\"1.2.3.4.81\"/>");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.delete(folder.resolve("IHE_XDM/SUBSET01/DOC00001.XML"));
        assertThatThrownBy(() -> new SampleFolder(folder).report(80))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("DOC00001.XML");
    }

    @Test
    void theShippedSamplesGiveReports() {
        Path documents = Path.of(System.getProperty("mssante.home"), "conf/demo/documents");
        for (String name : List.of("biologie-active", "biologie-opposed", "lettre-de-sortie")) {
            SampleReport report = new SampleFolder(documents.resolve(name)).report(1_795_000_000_000L);
            assertThat(report.documentId()).endsWith(".1795000000000").hasSizeLessThanOrEqualTo(64);
            assertThat(report.attachments()).hasSize(2);
        }
    }

    private static Map<String, String> zip(SampleReport report) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        byte[] bytes = report.attachments().get(0).content();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static String text(Attachment attachment) {
        return new String(attachment.content(), StandardCharsets.UTF_8);
    }
}
