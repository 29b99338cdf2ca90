package org.mssante.launcher.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.MailAddress;

class MailContentTest {
    private static final MailAddress FROM = MailAddress.parse("labo.test@demo.mssante.fr");
    private static final MailAddress TO = MailAddress.parse("dr.test@demo.medecin.mssante.fr");

    @TempDir
    private Path folder;

    @Test
    void aMessageFileGoesOutAsItStands() throws Exception {
        byte[] bytes = """
                subject: odd  spacing
                MESSAGE-ID:
                 <a@b.fr>
                X-Dup: 1
                X-Dup: 1

                8 bit é, a tab\tand trailing blanks  \s
                .
                """.getBytes(StandardCharsets.ISO_8859_1);
        Path file = folder.resolve("message.eml");
        Files.write(file, bytes);
        VerbatimMail mail = VerbatimMail.read(file);
        assertThat(mail.messageId()).contains("a@b.fr");
        assertThat(sent(mail)).isEqualTo(bytes);
    }

    @Test
    void aForeignMessageMayHaveNoMessageId() throws Exception {
        Path file = folder.resolve("message.eml");
        Files.writeString(file, "Subject: x\n\nbody\n");
        assertThat(VerbatimMail.read(file).messageId()).isEmpty();
    }

    @Test
    void attachmentsArriveByteForByteAndKeepTheirNames() throws Exception {
        byte[] xml = "<?xml version=\"1.0\"?>\r\n<a>\n\u00e9</a>".getBytes(StandardCharsets.UTF_8);
        byte[] pdf = {0, 1, (byte) 0x80, (byte) 0xff, '\r', '\n', '.', '\n'};
        ComposedMail mail = mail(List.of(
                new Attachment("compte rendu é.xml", "text/xml", xml),
                new Attachment("a.pdf", "application/pdf", pdf)));
        ReceivedMail received = ReceivedMail.parse(sent(mail));
        assertThat(received.attachment("a.pdf").orElseThrow().content()).isEqualTo(pdf);
        assertThat(received.parts().get(1).content()).isEqualTo(xml);
        assertThat(received.subject()).isEqualTo("Résultat");
    }

    @Test
    void theMessageIdIsTheOneAnnounced() throws Exception {
        ComposedMail mail = mail(List.of());
        assertThat(ReceivedMail.parse(sent(mail)).header("Message-ID")).containsExactly("<id-1@demo.mssante.fr>");
        assertThat(ComposedMail.newMessageId(FROM)).endsWith("@demo.mssante.fr");
    }

    private static ComposedMail mail(List<Attachment> attachments) {
        return new ComposedMail(
                "id-1@demo.mssante.fr",
                Instant.parse("2026-11-20T10:00:00Z"),
                FROM,
                List.of(TO),
                "Résultat",
                "Bonjour",
                attachments,
                Optional.of(FROM));
    }

    private static byte[] sent(MailContent content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.message(Session.getInstance(new Properties())).writeTo(bytes, new String[] {"Bcc"});
        return bytes.toByteArray();
    }
}
