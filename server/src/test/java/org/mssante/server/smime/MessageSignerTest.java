package org.mssante.server.smime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.server.smime.SignatureVerdict.Fail;
import org.mssante.server.smime.SignatureVerdict.Pass;
import org.mssante.server.smime.SignatureVerdict.Reason;
import org.mssante.server.trust.TestPki;

/** Signing and checking again, with what may happen to a message in between. */
class MessageSignerTest {
    private static final String LABO = "labo@exemple.mssante.fr";
    private static final String HEADERS = lines(
            "Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0000",
            "From: Labo <labo@exemple.mssante.fr>",
            "To: dr@autre.mssante.fr",
            "Subject:",
            " XDM/1.0/DDM+CR-BIO",
            "Message-ID: <1@exemple.mssante.fr>",
            "X-MSS-INS: O",
            "Disposition-Notification-To: labo@exemple.mssante.fr");
    private static final String BODY = lines(
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Bonjour =C3=A9",
            ".",
            "From here  ",
            "--b",
            "Content-Type: application/zip; name=\"IHE_XDM.zip\"",
            "Content-Transfer-Encoding: base64",
            "",
            "UEsDBA==",
            "--b--",
            "epilogue");
    private static final String MESSAGE =
            HEADERS + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"b\"\r\n\r\n" + BODY;

    private final TestPki pki = new TestPki();
    private final KeyMaterial key = pki.issue(pki.signer(TestPki.dn("labo"), LABO));
    private final MessageSigner signer = new CmsMessageSigner(key, Clock.fixed(TestPki.NOW, ZoneOffset.UTC));
    private final SignatureVerifier verifier = new CmsSignatureVerifier(pki.verifier(), 64 * 1024);

    @Test
    void whatIsSignedPasses() throws Exception {
        SignatureVerdict verdict = verdict(sign(MESSAGE));

        assertThat(verdict).isInstanceOf(Pass.class);
        Pass pass = (Pass) verdict;
        assertThat(pass.signer().address()).contains(MailAddress.parse(LABO));
        assertThat(pass.signer().serial())
                .isEqualTo(key.leaf().getSerialNumber().toString(16));
        assertThat(pass.signedAt()).contains(TestPki.NOW);
        assertThat(verdict.authenticationResults("mx.exemple.mssante.fr"))
                .isEqualTo("mx.exemple.mssante.fr; smime=pass body.smime-identifier=labo@exemple.mssante.fr"
                        + " body.smime-serial=" + pass.signer().serial());
    }

    @Test
    void outerHeadersStayInOrderOctetForOctet() throws Exception {
        assertThat(sign(MESSAGE)).startsWith(HEADERS + "MIME-Version: 1.0\r\nContent-Type: multipart/signed;");
    }

    @Test
    void theSignedPartIsTheBodyOctetForOctet() throws Exception {
        String signed = sign(MESSAGE);
        String boundary = boundary(signed);
        String part = signed.substring(
                signed.indexOf("--" + boundary + "\r\n") + boundary.length() + 4,
                signed.indexOf("\r\n--" + boundary + "\r\n", signed.indexOf("--" + boundary) + 1));

        assertThat(part).isEqualTo("Content-Type: multipart/mixed;\r\n boundary=\"b\"\r\n\r\n" + BODY);
    }

    @Test
    void aMessageWithBareLineFeedsIsSignedInCanonicalForm() throws Exception {
        String signed = sign(MESSAGE.replace("\r\n", "\n"));

        assertThat(signed).contains(BODY);
        assertThat(verdict(signed)).isInstanceOf(Pass.class);
    }

    @Test
    void partsThatAreNotSevenBitAreEncodedAndTheOthersStay() throws Exception {
        String eightBit = lines(
                "--b",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                "Résultat élevé",
                "--b",
                "Content-Type: application/xml",
                "",
                "<a>é</a>",
                "--b",
                "Content-Type: text/plain",
                "",
                "plain =41 text",
                "--b--");
        String message = new String(
                (HEADERS + "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                                + eightBit)
                        .getBytes(UTF_8),
                ISO_8859_1);

        String signed = sign(message);

        assertThat(signed.chars()).allMatch(c -> c < 128);
        assertThat(signed).contains("Content-Type: text/plain\r\n\r\nplain =41 text\r\n--b--");
        assertThat(verdict(signed)).isInstanceOf(Pass.class);
        MimeMultipart parts = (MimeMultipart)
                ((MimeMultipart) message(signed).getContent()).getBodyPart(0).getContent();
        assertThat(octets(parts, 0)).isEqualTo("Résultat élevé".getBytes(UTF_8));
        assertThat(octets(parts, 1)).isEqualTo("<a>é</a>".getBytes(UTF_8));
    }

    @Test
    void aSinglePartMessageOfAnyKindIsSigned() throws Exception {
        String[] singles = {
            HEADERS + "\r\nplain\r\n",
            HEADERS + "\r\n",
            HEADERS + "\r\nno line end",
            HEADERS
                    + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00e9t\u00e9\r\n",
            HEADERS + "\r\n" + "x".repeat(200_000) + "\r\n",
        };
        for (String single : singles) {
            String signed = sign(single);
            assertThat(signed.lines()).allMatch(line -> line.length() <= 998);
            assertThat(verdict(signed)).isInstanceOf(Pass.class);
        }
    }

    @Test
    void aNestedMessageWithEightBitContentIsEncodedInside() throws Exception {
        String nested = HEADERS + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + "Subject: inner\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n\u00e9t\u00e9\r\n--b--\r\n";

        String signed = sign(nested);

        assertThat(signed).contains("=E9t=E9").doesNotContain("8bit");
        assertThat(verdict(signed)).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bonjour", "IHE_XDM.zip", "UEsDBA==", "epilogue", "From here  "})
    void anyChangeOfTheContentIsSeen(String where) throws Exception {
        String signed = sign(MESSAGE);
        String changed = signed.replace(where, where.substring(1) + "x");

        assertThat(changed).isNotEqualTo(signed);
        assertThat(reason(verdict(changed))).isEqualTo(Reason.CONTENT_CHANGED);
    }

    @Test
    void aPartAddedBehindTheSignatureIsSeen() throws Exception {
        String signed = sign(MESSAGE);
        String boundary = boundary(signed);
        String added = signed.replace(
                "--" + boundary + "--",
                "--" + boundary + "\r\nContent-Type: text/plain\r\n\r\nnot signed\r\n--" + boundary + "--");

        assertThat(reason(verdict(added))).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void aForgedFromIsSeen() throws Exception {
        String signed = sign(MESSAGE);
        String another = signed.replace("From: Labo <labo@", "From: Labo <autre@");
        String two = signed.replace("From: Labo <labo@exemple.mssante.fr>", "From: labo@exemple.mssante.fr, x@a.fr");
        String twice = "From: autre@exemple.mssante.fr\r\n" + signed;

        assertThat(reason(verdict(another))).isEqualTo(Reason.FROM_DIFFERS);
        assertThat(reason(verdict(two))).isEqualTo(Reason.FROM_DIFFERS);
        assertThat(reason(verdict(twice))).isEqualTo(Reason.FROM_DIFFERS);
        assertThat(verdict(signed.replace("<labo@exemple", "<LABO@Exemple"))).isInstanceOf(Pass.class);
    }

    @Test
    void theSignersCertificateIsJudgedAtReceipt() throws Exception {
        String signed = sign(MESSAGE);
        assertThat(reason(new CmsSignatureVerifier(pki.verifier(key.leaf()), 65_536)
                        .verify(message(signed), TestPki.NOW)))
                .isEqualTo(Reason.CERTIFICATE_REVOKED);
        assertThat(reason(verifier.verify(message(signed), TestPki.NOW.plusSeconds(366L * 86_400))))
                .isEqualTo(Reason.CERTIFICATE_EXPIRED);

        KeyMaterial foreign = pki.issue(pki.signer(TestPki.dn("labo"), LABO).issuedBy(pki.foreign));
        KeyMaterial server = pki.issue(pki.server(TestPki.dn("labo")));
        KeyMaterial weak = pki.issue(pki.signer(TestPki.dn("labo"), LABO), TestPki.keys(), "SHA1withRSA");
        assertThat(reason(verdict(sign(MESSAGE, weak)))).isEqualTo(Reason.CERTIFICATE_WEAK);
        assertThat(reason(verdict(sign(MESSAGE, foreign)))).isEqualTo(Reason.CERTIFICATE_NOT_TRUSTED);
        assertThat(reason(verdict(sign(MESSAGE, server)))).isEqualTo(Reason.CERTIFICATE_UNSUITABLE);
    }

    @Test
    void aSignatureLargerThanTheLimitIsNotHeld() throws Exception {
        assertThat(reason(new CmsSignatureVerifier(pki.verifier(), 500).verify(message(sign(MESSAGE)), TestPki.NOW)))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void anUnreadableSignatureFailsAndAnUnsignedMessageHasNone() throws Exception {
        String signed = sign(MESSAGE);
        String boundary = boundary(signed);
        String p7s =
                signed.substring(signed.indexOf("filename=\"smime.p7s\"") + 24, signed.lastIndexOf("--" + boundary));

        assertThat(reason(verdict(signed.replace(p7s, "AAAA\r\n")))).isEqualTo(Reason.UNREADABLE);
        assertThat(reason(verdict(signed.substring(0, signed.length() / 2)))).isEqualTo(Reason.UNREADABLE);
        assertThat(reason(verdict(signed.replace("boundary=\"", "boundary=\"other"))))
                .isEqualTo(Reason.UNREADABLE);
        assertThat(verdict(MESSAGE)).isInstanceOf(SignatureVerdict.None.class);
        assertThat(verdict(MESSAGE).authenticationResults("mx.fr")).isEqualTo("mx.fr; smime=none");
    }

    /** Whatever is done to one octet, nothing passes that is not the signed content. */
    @Test
    void noSingleOctetOfTheSignedPartMayChange() throws Exception {
        byte[] signed = sign(MESSAGE).getBytes(ISO_8859_1);
        String text = new String(signed, ISO_8859_1);
        int start = text.indexOf("Content-Type: multipart/mixed");
        int end = text.indexOf("Content-Type: application/pkcs7-signature");
        Random random = new Random(1);
        for (int i = 0; i < 150; i++) {
            byte[] changed = signed.clone();
            changed[start + random.nextInt(end - start - 60)] ^= 1;
            String changedText = new String(changed, ISO_8859_1);
            if (canonical(changedText).equals(canonical(text))) {
                continue;
            }
            assertThat(verdict(changedText)).isInstanceOf(Fail.class);
        }
    }

    /** Written while it is read: what is held at any time does not depend on the size. */
    @Test
    void largeMessagesAreNeverHeld() throws Exception {
        String line = "0123456789012345678901234567890123456789012345678901234567890123456789\r\n";
        byte[] body = line.repeat(20 * 1024 * 1024 / line.length()).getBytes(ISO_8859_1);
        AtomicLong read = new AtomicLong();
        AtomicLong written = new AtomicLong();
        AtomicLong held = new AtomicLong();
        MimeMessage large = new MimeMessage(message(HEADERS + "\r\n")) {
            @Override
            public InputStream getRawInputStream() {
                read.set(0);
                held.set(0);
                return new CountingInputStream(new ByteArrayInputStream(body), read);
            }
        };

        signer.sign(large, new OutputStream() {
            @Override
            public void write(int octet) {
                written.incrementAndGet();
                held.accumulateAndGet(read.get() - written.get(), Math::max);
            }
        });

        assertThat(written.get()).isGreaterThan(body.length);
        assertThat(held.get()).isLessThan(256 * 1024);
    }

    @Test
    void messagesOfTheCorpusAreSignedWithoutChange() throws Exception {
        String corpus = System.getProperty("mssante.corpus", "");
        Assumptions.assumeFalse(corpus.isEmpty(), "no corpus");
        try (DirectoryStream<Path> mails = Files.newDirectoryStream(Path.of(corpus, "mail"), "*.eml")) {
            for (Path mail : mails) {
                String original = new String(Files.readAllBytes(mail), ISO_8859_1)
                        .replace("\r\n", "\n")
                        .replace("\n", "\r\n");
                String body = original.substring(original.indexOf("\r\n\r\n") + 4);
                String signed = sign(original);

                assertThat(signed).contains(body);
                assertThat(reason(verdict(signed))).isEqualTo(Reason.FROM_DIFFERS);
            }
        }
    }

    private static final class CountingInputStream extends FilterInputStream {
        private final AtomicLong read;

        CountingInputStream(InputStream in, AtomicLong read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int count = super.read(octets, offset, length);
            read.addAndGet(Math.max(count, 0));
            return count;
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private String sign(String message) throws IOException, MessagingException {
        return sign(message, key);
    }

    private static String sign(String message, KeyMaterial with) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CmsMessageSigner(with, Clock.fixed(TestPki.NOW, ZoneOffset.UTC)).sign(message(message), out);
        return out.toString(ISO_8859_1);
    }

    private SignatureVerdict verdict(String message) throws IOException, MessagingException {
        return verifier.verify(message(message), TestPki.NOW);
    }

    private static Reason reason(SignatureVerdict verdict) {
        assertThat(verdict).isInstanceOf(Fail.class);
        Fail fail = (Fail) verdict;
        assertThat(fail.authenticationResults("mx.fr"))
                .startsWith("mx.fr; smime=fail (" + fail.reason().text() + ")");
        return fail.reason();
    }

    private static MimeMessage message(String text) throws MessagingException {
        return new MimeMessage(session(), new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
    }

    private static Session session() {
        return Session.getInstance(new Properties());
    }

    private static byte[] octets(MimeMultipart parts, int index) throws IOException, MessagingException {
        return ((MimeBodyPart) parts.getBodyPart(index)).getInputStream().readAllBytes();
    }

    private static String boundary(String signed) throws MessagingException {
        String type = Collections.list(message(signed).getMatchingHeaderLines(new String[] {"Content-Type"}))
                .get(0);
        int start = type.indexOf("boundary=\"") + 10;
        return type.substring(start, type.indexOf('"', start));
    }

    private static String canonical(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }
}
