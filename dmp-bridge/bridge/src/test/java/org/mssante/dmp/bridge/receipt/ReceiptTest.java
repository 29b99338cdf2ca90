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

    private final ReceiptComposer composer = new ReceiptComposer(
            MailAddress.parse("dmp@demo.mssante.fr"),
            "dmp.demo.mssante.fr; test",
            Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));

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
    void notifiesNoAddressTheMailDidNotComeFrom() {
        String elsewhere = "Disposition-Notification-To: autre@demo.mssante.fr\r\n";

        assertThat(kind(message(elsewhere), FILED)).isEmpty();
        assertThat(ReceiptPolicy.receipt(message(elsewhere), REFUSED)).hasValueSatisfying(receipt -> {
            assertThat(receipt.kind()).isEqualTo(OwedReceipt.Kind.MAIL);
            assertThat(receipt.recipient()).isEqualTo("labo.test@demo.mssante.fr");
        });
    }

    @Test
    void answersNoMachineAndNoNullSender() {
        assertThat(kind(message(ASKED + "Auto-Submitted: auto-generated\r\n"), REFUSED))
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

    private SMTPMessage composed(OwedReceipt.Kind kind, List<DocumentOutcome> outcomes) throws MessagingException {
        return composer.compose(
                Session.getInstance(new Properties()),
                new OwedReceipt(1, kind, "labo.test@demo.mssante.fr", 0),
                message(ASKED),
                outcomes);
    }

    private MimeMessage written(OwedReceipt.Kind kind, List<DocumentOutcome> outcomes) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(composed(kind, outcomes))));
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
        return new StoredMessage(
                1,
                "test-1@demo.mssante.fr",
                "labo.test@demo.mssante.fr",
                List.of("dr.test@demo.medecin.mssante.fr"),
                Instant.EPOCH,
                Samples.mail(headers, "Content-Type: text/plain\r\n\r\nBonjour\r\n"),
                0);
    }

    private static DocumentOutcome outcome(DocumentState state, Outcome outcome) {
        return new DocumentOutcome("2/IHE_XDM.zip", Optional.of("1.2.3"), state, outcome, "");
    }
}
