package org.mssante.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;

class LetterboxTest {
    private static final Account SENDER = new Account(MailAddress.parse("anne@example.org"), "secret");
    private static final Account BRUNO = new Account(MailAddress.parse("bruno@example.org"), "secret");
    private static final Account CHLOE = new Account(MailAddress.parse("chloe@example.org"), "secret");

    @Test
    void messagesHaveAboutTheSizeAskedFor() {
        for (int size : List.of(5_000, 20_000, 300_000)) {
            assertThat(octets(letters(size, 1).next()).length).isBetween(size * 95 / 100, size * 105 / 100);
        }
    }

    @Test
    void recipientsTakeTurns() {
        Letterbox letters = letters(5_000, 1);

        assertThat(letters.next().recipients()).containsExactly(SENDER);
        assertThat(letters.next().recipients()).containsExactly(BRUNO);
        assertThat(letters.next().recipients()).containsExactly(CHLOE);
        assertThat(letters.next().recipients()).containsExactly(SENDER);
    }

    @Test
    void aMessageGoesToAsManyRecipientsAsAsked() {
        assertThat(letters(5_000, 2).next().recipients()).containsExactly(SENDER, BRUNO);
    }

    @Test
    void noTwoBodiesAreAlike() throws Exception {
        Letterbox letters = letters(5_000, 1);

        assertThat(body(letters.next())).isNotEqualTo(body(letters.next()));
    }

    @Test
    void mailLibrariesFindTheTextAndTheAttachment() throws Exception {
        BenchMessage message = letters(20_000, 1).next();
        MimeMessage parsed = parsed(message);

        assertThat(parsed.getMessageID()).isEqualTo("<" + message.id() + ">");
        assertThat(((MimeMultipart) parsed.getContent()).getCount()).isEqualTo(2);
    }

    @Test
    void noLineBeginsWithADotOrIsLongerThanSmtpAllows() {
        String text = new String(octets(letters(20_000, 1).next()), StandardCharsets.US_ASCII);

        assertThat(text.split("\r\n")).allSatisfy(line -> {
            assertThat(line).doesNotStartWith(".");
            assertThat(line).hasSizeLessThan(998);
        });
        assertThat(text).endsWith("\r\n");
    }

    private static Letterbox letters(int size, int perMessage) {
        return new Letterbox(SENDER, List.of(SENDER, BRUNO, CHLOE), size, perMessage, "test", Clock.systemUTC());
    }

    private static Object body(BenchMessage message) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        parsed(message).getDataHandler().writeTo(body);
        return body.toString(StandardCharsets.US_ASCII);
    }

    private static MimeMessage parsed(BenchMessage message) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets(message)));
    }

    private static byte[] octets(BenchMessage message) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.parts().forEach(octets::writeBytes);
        return octets.toByteArray();
    }
}
