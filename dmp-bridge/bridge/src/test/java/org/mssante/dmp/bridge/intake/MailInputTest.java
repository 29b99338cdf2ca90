package org.mssante.dmp.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailInputTest {
    @ParameterizedTest
    @CsvSource({
        "'a<CRLF>.<CRLF>', 'a<CRLF>'",
        "'.<CRLF>', ''",
        "'..<CRLF>.<CRLF>', '.<CRLF>'",
        "'...a<CRLF>.<CRLF>', '..a<CRLF>'",
        "'.a<CRLF>.<CRLF>', 'a<CRLF>'",
        "'a.<CRLF>b.c<CRLF>.<CRLF>', 'a.<CRLF>b.c<CRLF>'"
    })
    void endsAtALineOfOneDotAndTakesTheFirstDotOfALineAway(String sent, String mail) throws IOException {
        assertThat(text(sent)).isEqualTo(mail);
    }

    @ParameterizedTest
    @CsvSource({
        "'a<LF>.<LF>b<CRLF>.<CRLF>', 'a<LF>.<LF>b<CRLF>'",
        "'a<LF>.<CRLF>b<CRLF>.<CRLF>', 'a<LF>.<CRLF>b<CRLF>'",
        "'a<CR>.<CR>b<CRLF>.<CRLF>', 'a<CR>.<CR>b<CRLF>'",
        "'a<CRLF>.<LF>b<CRLF>.<CRLF>', 'a<CRLF><LF>b<CRLF>'",
        "'a<CRLF>.<CR>b<CRLF>.<CRLF>', 'a<CRLF><CR>b<CRLF>'",
        "'a<CRLF>.<CR><CRLF>.<CRLF>', 'a<CRLF><CR><CRLF>'",
        "'a<CR><CRLF>.<CRLF>', 'a<CR><CRLF>'"
    })
    void nothingButCrLfEndsALine(String sent, String mail) throws IOException {
        assertThat(text(sent)).isEqualTo(mail);
    }

    @Test
    void leavesWhatStandsBehindTheMail() throws IOException {
        InputStream in = stream("a\r\n.\r\nMAIL FROM:<>\r\n");

        assertThat(new String(new MailInput(in).readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("a\r\n");
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("MAIL FROM:<>\r\n");
    }

    @Test
    void drainsToTheEndOfTheMail() throws IOException {
        InputStream in = stream("abc\r\n".repeat(10_000) + ".\r\nQUIT\r\n");
        MailInput mail = new MailInput(in);
        assertThat(mail.read()).isEqualTo('a');

        mail.drain();

        assertThat(mail.read()).isEqualTo(-1);
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("QUIT\r\n");
    }

    @Test
    void aMailThatIsCutOffIsNone() {
        assertThatThrownBy(() -> new MailInput(stream("a\r\n.\r")).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    /** Octets of few kinds, so that every sequence of line ends and dots comes, in pieces of any size. */
    @Test
    void givesBackWhatWasSentWhereverTheBlocksEnd() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder mail = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                mail.append(new String[] {"\r\n", "\r\n", ".", "a", "\r", "\n"}[random.nextInt(6)]);
            }
            mail.append("z\r\n");
            String sent = ("\r\n" + mail).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
            int piece = 1 + random.nextInt(5);
            InputStream slow =
                    new BufferedInputStream(new ByteArrayInputStream(sent.getBytes(StandardCharsets.US_ASCII)) {
                        @Override
                        public synchronized int read(byte[] target, int offset, int length) {
                            return super.read(target, offset, Math.min(length, piece));
                        }
                    });

            assertThat(new String(new MailInput(slow).readAllBytes(), StandardCharsets.US_ASCII))
                    .as(sent)
                    .isEqualTo(mail.toString());
        }
    }

    private static String text(String sent) throws IOException {
        byte[] mail = new MailInput(stream(
                        sent.replace("<CRLF>", "\r\n").replace("<CR>", "\r").replace("<LF>", "\n")))
                .readAllBytes();
        return new String(mail, StandardCharsets.US_ASCII)
                .replace("\r\n", "<CRLF>")
                .replace("\r", "<CR>")
                .replace("\n", "<LF>");
    }

    private static InputStream stream(String text) {
        return new BufferedInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
