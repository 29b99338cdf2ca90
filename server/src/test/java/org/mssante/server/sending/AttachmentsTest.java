package org.mssante.server.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.MimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentsTest {

    @ParameterizedTest
    @CsvSource({
        // what is read as the message's text
        "text/plain, '', 0, 0",
        "text/html, 'inline', 0, 0",
        // a detached signature (RFC 8551 3.5.3)
        "application/pkcs7-signature; name=smime.p7s, 'attachment; filename=smime.p7s', 0, 0",
        // named, announced, or no text
        "text/plain; name=notes.txt, '', 1, 4",
        "text/plain, 'attachment', 1, 4",
        "text/plain, 'inline; filename=a.txt', 1, 4",
        "application/pdf, '', 1, 4",
        "image/png, 'inline', 1, 4",
    })
    void tellsAnAttachmentFromText(String type, String disposition, int number, int bytes) throws Exception {
        String part = "Content-Type: " + type + "\r\nContent-Disposition: " + disposition
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJjZA==\r\n";

        assertThat(counted(multipart("Content-Type: text/plain\r\n\r\nBonjour\r\n", part)))
                .isEqualTo(new Attachments(number, bytes));
    }

    @Test
    void countsWhatIsInsideAMessageThatIsAttached() throws Exception {
        String inner = "Content-Type: message/rfc822\r\n\r\n"
                + multipart("Content-Type: application/pdf\r\n\r\n1234567", "Content-Type: image/png\r\n\r\n123");

        assertThat(counted(multipart(inner))).isEqualTo(new Attachments(2, 10));
    }

    @Test
    void aMessageThatIsAnAttachmentCounts() throws Exception {
        assertThat(counted("Content-Type: application/zip\r\n\r\n12345")).isEqualTo(new Attachments(1, 5));
    }

    @Test
    void refusesToCountBeyondTheDepthOfMail() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }

        assertThatThrownBy(() -> counted(deep.toString())).isInstanceOf(MimeException.class);
    }

    @Test
    void whatIsSmallEnoughNeedNoCounting() {
        SendingLimits.OfType limits = new SendingLimits.OfType(1, 1, 10, 100);

        assertThat(limits.nothingToCount(20)).isTrue();
        assertThat(limits.nothingToCount(22)).isFalse();
        assertThat(new SendingLimits.OfType(1, 1, Long.MAX_VALUE, 100).nothingToCount(101))
                .isFalse();
    }

    private static Attachments counted(String message) throws IOException, MimeException {
        return Attachments.of(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static String multipart(String... parts) {
        return "Content-Type: multipart/mixed; boundary=grenze" + parts.length + "\r\n\r\n--grenze" + parts.length
                + "\r\n" + String.join("\r\n--grenze" + parts.length + "\r\n", parts) + "\r\n--grenze" + parts.length
                + "--\r\n";
    }
}
