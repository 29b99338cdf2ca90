package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;
import org.mssante.core.id.MailAddress;
import org.mssante.dmp.xds.metadata.Hash;

class ReportWriterTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("mssante.home"), "conf/demo/documents/biologie-active");
    private static final Account LABORATORY = new Account(MailAddress.parse("labo@example.org"), "");
    private static final Account PRACTITIONER = new Account(MailAddress.parse("anne@example.org"), "");
    private static final String DOCUMENT = "IHE_XDM/SUBSET01/DOC00001.XML";
    private static final String METADATA = "IHE_XDM/SUBSET01/METADATA.XML";

    @Test
    void documentsHaveAboutTheSizeAskedFor() throws Exception {
        assertThat(files(writer("300").next()).get(DOCUMENT).length).isBetween(290_000, 310_000);
    }

    @Test
    void metadataAgreeWithTheDocument() throws Exception {
        Map<String, byte[]> files = files(writer("30").next());
        String metadata = text(files.get(METADATA));
        String document = text(files.get(DOCUMENT));

        assertThat(metadata)
                .contains(Hash.sha1(files.get(DOCUMENT)).hex())
                .contains("<rim:Value>" + files.get(DOCUMENT).length + "</rim:Value>")
                .contains("value=\"" + first("<id root=\"([0-9.]+)\"/>", document) + "\"")
                .contains(first("extension=\"([0-9]{15})\"", document) + "^^^")
                .doesNotContain("${");
        assertThat(document).doesNotContain("${");
        assertThat(new Ins(first("extension=\"([0-9]{15})\"", document), Ins.NIR_TEST).keyHolds())
                .isTrue();
    }

    @Test
    void noTwoReportsShareAnIdentifierOrAPatientInARow() throws Exception {
        ReportWriter writer = writer("30");
        String one = text(files(writer.next()).get(DOCUMENT));
        String two = text(files(writer.next()).get(DOCUMENT));

        for (String identifier :
                new String[] {"<id root=\"([0-9.]+)\"/>", "<setId root=\"([0-9.]+)\"/>", "extension=\"([0-9]{15})\""}) {
            assertThat(first(identifier, one)).isNotEqualTo(first(identifier, two));
        }
    }

    @Test
    void noLineBeginsWithADotOrIsLongerThanSmtpAllows() {
        assertThat(new String(octets(writer("30").next()), StandardCharsets.UTF_8).split("\r\n"))
                .allSatisfy(line -> assertThat(line).doesNotStartWith(".").hasSizeLessThan(998));
    }

    private static ReportWriter writer(String mix) {
        return new ReportWriter(LABORATORY, PRACTITIONER, FilingMix.parse(mix), SAMPLE, 7, Clock.systemUTC());
    }

    private static Map<String, byte[]> files(BenchMessage message) throws Exception {
        MimeMessage mail =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets(message)));
        BodyPart attachment = ((MimeMultipart) mail.getContent()).getBodyPart(1);
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(attachment.getInputStream())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] octets(BenchMessage message) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.parts().forEach(octets::writeBytes);
        return octets.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
