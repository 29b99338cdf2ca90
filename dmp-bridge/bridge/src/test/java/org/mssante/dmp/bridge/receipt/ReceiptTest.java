package org.mssante.dmp.bridge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.MailHeader;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.mssante.dmp.bridge.ledger.StoredMessage;

class ReceiptTest {
    private static final String ASKED = "Disposition-Notification-To: labo.test@demo.mssante.fr\r\n";
    private static final List<DocumentOutcome> FILED = List.of(outcome(DocumentState.FILED, Outcome.DOCUMENT_FILED));
    private static final List<DocumentOutcome> REFUSED = List.of(
            outcome(DocumentState.FILED, Outcome.DOCUMENT_FILED), outcome(DocumentState.REFUSED, Outcome.DMP_ABSENT));

    private static final ReceiptLimits LIMITS = new ReceiptLimits(1_000_000, 100, 10);
    private static final byte[] PACKAGE = Samples.zip(Samples.packageFiles());
    /** A text, a package with a file name that is not well formed, a forwarded mail with a file of its own; signed. */
    private static final String SIGNED = Samples.multipart(
            "signed",
            "outer",
            Samples.multipart(
                    "mixed",
                    "inner",
                    "Content-Type: text/plain\r\n\r\nBonjour\r\n",
                    Samples.part("application/zip", "IHE_XDM.zip", PACKAGE).replace("\"IHE_XDM.zip\"", "IHE XDM.zip"),
                    "Content-Type: message/rfc822\r\n\r\nSubject: transmis\r\n"
                            + Samples.part("application/pdf", "inside.pdf", PACKAGE)),
            Samples.part("application/pkcs7-signature", "smime.p7s", PACKAGE));

    @Test
    void owesANotificationWhereOneWasAsked() {
        assertThat(kind(message(ASKED), FILED)).contains(OwedReceipt.Kind.NOTIFICATION);
        assertThat(kind(message(ASKED), REFUSED)).contains(OwedReceipt.Kind.NOTIFICATION);
    }

    @Test
    void owesAMailOnlyForARefusalWhereNoneWasAsked() {
        assertThat(kind(message(""), FILED)).isEmpty();
        assertThat(kind(message(""), REFUSED)).contains(OwedReceipt.Kind.MAIL);
    }

    @Test
    void owesNothingForAPartThatIsOnlyNoted() {
        List<DocumentOutcome> noted = List.of(outcome(DocumentState.NOTED, Outcome.PART_NOT_OPENED));

        assertThat(kind(message(""), noted)).isEmpty();
        assertThat(kind(message(ASKED), noted)).isEmpty();
    }

    @Test
    void notifiesNoAddressTheMailDidNotComeFrom() {
        String elsewhere = "Disposition-Notification-To: autre@demo.mssante.fr\r\n";

        assertThat(kind(message(elsewhere), FILED)).isEmpty();
        assertThat(ReceiptPolicy.receipt(message(elsewhere), REFUSED)).hasValueSatisfying(receipt -> {
            assertThat(receipt.kind()).isEqualTo(OwedReceipt.Kind.MAIL);
            assertThat(receipt.recipient()).isEqualTo("labo.test@demo.mssante.fr");
        });
    }

    @Test
    void answersAMachineWhereItAsksAndOnlyThen() {
        String generated = "Auto-Submitted: auto-generated\r\n";

        assertThat(kind(message(ASKED + generated), REFUSED)).contains(OwedReceipt.Kind.NOTIFICATION);
        assertThat(kind(message(generated), REFUSED)).isEmpty();
    }

    @Test
    void answersNoReportAndNoNullSender() {
        assertThat(kind(message(ASKED + "Auto-Submitted: auto-replied\r\n"), REFUSED))
                .isEmpty();
        StoredMessage bounce = new StoredMessage(
                1, "m", "", List.of("a@b.fr"), Instant.EPOCH, message(ASKED).content(), 0);
        assertThat(kind(bounce, REFUSED)).isEmpty();
    }

    @Test
    void owesNothingForAMailWithoutDocuments() {
        assertThat(kind(message(ASKED), List.of())).isEmpty();
    }

    @Test
    void writesTheNotificationOfASuccess() throws Exception {
        MimeMessage mail = written(OwedReceipt.Kind.NOTIFICATION, FILED);

        assertThat(mail.getSubject()).isEqualTo("XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958");
        assertThat(mail.getContentType())
                .startsWith("multipart/report")
                .contains("report-type=disposition-notification");
        assertThat(fields(mail))
                .contains(
                        "Disposition: automatic-action/MDN-sent-automatically; processed\r\n",
                        "Final-Recipient: rfc822;dr.test@demo.medecin.mssante.fr",
                        "Original-Message-ID: <test-1@demo.mssante.fr>");
    }

    @Test
    void writesTheNotificationOfARefusalWithCodeAndOriginal() throws Exception {
        MimeMessage mail = written(OwedReceipt.Kind.NOTIFICATION, REFUSED);
        MimeMultipart parts = (MimeMultipart) mail.getContent();

        assertThat(mail.getSubject())
                .isEqualTo("[KO Intégration système !][902] XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958");
        assertThat(fields(mail)).contains("processed/Error: 902^Identifiant de patient inconnu");
        assertThat(String.valueOf(parts.getBodyPart(0).getContent()))
                .contains(Outcome.DMP_ABSENT.french(), "MSS-D10", "902");
        assertThat(parts.getBodyPart(2).getContentType()).startsWith("message/rfc822");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(MailHeader.of(bytes(mail)).isReport()).isTrue();
    }

    /** What is owed for other documents of a mail names it, too. */
    @Test
    void namesAPartThatIsOnlyNoted() throws Exception {
        List<DocumentOutcome> both = new ArrayList<>(FILED);
        both.add(outcome(DocumentState.NOTED, Outcome.PART_NOT_OPENED));
        MimeMultipart parts =
                (MimeMultipart) written(OwedReceipt.Kind.NOTIFICATION, both).getContent();

        assertThat(String.valueOf(parts.getBodyPart(0).getContent()))
                .contains("Pièce jointe", Outcome.PART_NOT_OPENED.french(), "MSS-D55");
    }

    @Test
    void joinsTheAttachmentsOfTheOriginalAgainAsTheyWereWritten() throws Exception {
        MimeMultipart parts = (MimeMultipart) read(composed(LIMITS, SIGNED)).getContent();

        assertThat(parts.getCount()).isEqualTo(4);
        assertThat(parts.getBodyPart(2).getContentType()).startsWith("message/rfc822");
        assertThat(parts.getBodyPart(3).getHeader("Content-Type")).containsExactly("application/zip; name=IHE XDM.zip");
        try (InputStream in = parts.getBodyPart(3).getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(PACKAGE);
        }
        assertThat(String.valueOf(parts.getBodyPart(0).getContent())).doesNotContain("origine");
    }

    @Test
    void quotesOfTheOriginalWhatFitsAndSaysWhatIsMissing() throws Exception {
        // the boundaries between parts differ by a few characters from one writing to the next
        int some = 200;
        int whole = bytes(composed(LIMITS, SIGNED)).length;
        assertThat(types(whole + some)).containsExactly("message/rfc822", "application/zip");
        assertThat(types(whole - some)).containsExactly("message/rfc822");

        int original = bytes(composed(limited(whole - some), SIGNED)).length;
        assertThat(types(original + some)).containsExactly("message/rfc822");
        assertThat(explanation(original + some)).contains("Les pièces jointes se trouvent dans le message d'origine");

        assertThat(types(original - some)).containsExactly("text/rfc822-headers");
        assertThat(explanation(original - some)).contains("trop volumineux", "seul son en-tête");
        assertThat(new String(bytes(composed(limited(original - some), SIGNED)), StandardCharsets.UTF_8))
                .contains("Subject: XDM/1.0/DDM+Biologie EXEMPLE-UN CAMILLE 14/02/1958\r\n")
                .doesNotContain("IHE XDM.zip");
    }

    @Test
    void joinsNoAttachmentsOfAMailWithMorePartsThanAreLookedInto() throws Exception {
        assertThat(types(new ReceiptLimits(1_000_000, 2, 10))).containsExactly("message/rfc822");
        assertThat(types(new ReceiptLimits(1_000_000, 100, 1))).containsExactly("message/rfc822");
    }

    @Test
    void givesTheSameMessageIdToTheSameReceipt() throws Exception {
        assertThat(written(OwedReceipt.Kind.MAIL, REFUSED).getMessageID())
                .isEqualTo(written(OwedReceipt.Kind.MAIL, REFUSED).getMessageID());
    }

    @Test
    void sendsANotificationFromNobody() throws Exception {
        assertThat(composed(OwedReceipt.Kind.NOTIFICATION, FILED).getEnvelopeFrom())
                .isEqualTo("<>");
        assertThat(composed(OwedReceipt.Kind.MAIL, REFUSED).getEnvelopeFrom()).isEqualTo("dmp@demo.mssante.fr");
    }

    private static SMTPMessage composed(OwedReceipt.Kind kind, List<DocumentOutcome> outcomes)
            throws MessagingException {
        return composed(LIMITS, kind, message(ASKED), outcomes);
    }

    private static SMTPMessage composed(ReceiptLimits limits, String entity) throws MessagingException {
        return composed(limits, OwedReceipt.Kind.NOTIFICATION, message(ASKED, entity), FILED);
    }

    private static SMTPMessage composed(
            ReceiptLimits limits, OwedReceipt.Kind kind, StoredMessage original, List<DocumentOutcome> outcomes)
            throws MessagingException {
        ReceiptComposer composer = new ReceiptComposer(
                MailAddress.parse("dmp@demo.mssante.fr"),
                "dmp.demo.mssante.fr; test",
                limits,
                Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));
        return composer.compose(
                Session.getInstance(new Properties()),
                OwedReceipt.of(1, kind, "labo.test@demo.mssante.fr"),
                original,
                outcomes);
    }

    private static ReceiptLimits limited(int maxBytes) {
        return new ReceiptLimits(maxBytes, LIMITS.maxParts(), LIMITS.maxDepth());
    }

    /** The types of what a receipt quotes, behind the explanation and the notification. */
    private static List<String> types(int maxBytes) throws Exception {
        return types(limited(maxBytes));
    }

    private static List<String> types(ReceiptLimits limits) throws Exception {
        MimeMultipart parts = (MimeMultipart) read(composed(limits, SIGNED)).getContent();
        List<String> types = new ArrayList<>();
        for (int i = 2; i < parts.getCount(); i++) {
            types.add(parts.getBodyPart(i).getContentType().split(";", 2)[0]);
        }
        return types;
    }

    private static String explanation(int maxBytes) throws Exception {
        MimeMultipart parts =
                (MimeMultipart) read(composed(limited(maxBytes), SIGNED)).getContent();
        return String.valueOf(parts.getBodyPart(0).getContent());
    }

    private static MimeMessage written(OwedReceipt.Kind kind, List<DocumentOutcome> outcomes) throws Exception {
        return read(composed(kind, outcomes));
    }

    private static MimeMessage read(SMTPMessage mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(mail)));
    }

    private static byte[] bytes(MimeMessage mail) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.writeTo(out);
        return out.toByteArray();
    }

    private static String fields(MimeMessage mail) throws IOException, MessagingException {
        try (InputStream in = ((MimeMultipart) mail.getContent()).getBodyPart(1).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Optional<OwedReceipt.Kind> kind(StoredMessage message, List<DocumentOutcome> outcomes) {
        return ReceiptPolicy.receipt(message, outcomes).map(OwedReceipt::kind);
    }

    private static StoredMessage message(String headers) {
        return message(headers, "Content-Type: text/plain\r\n\r\nBonjour\r\n");
    }

    private static StoredMessage message(String headers, String entity) {
        return new StoredMessage(
                1,
                "test-1@demo.mssante.fr",
                "labo.test@demo.mssante.fr",
                List.of("dr.test@demo.medecin.mssante.fr"),
                Instant.EPOCH,
                Samples.mail(headers, entity),
                0);
    }

    private static DocumentOutcome outcome(DocumentState state, Outcome outcome) {
        return new DocumentOutcome("2/IHE_XDM.zip", Optional.of("1.2.3"), state, outcome, "");
    }
}
