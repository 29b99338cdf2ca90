package org.mssante.dmp.bridge.receipt;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.mssante.core.id.MailAddress;
import org.mssante.dmp.bridge.extract.MailHeader;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.mssante.dmp.bridge.ledger.StoredMessage;

/**
 * Writes receipts: a notification (multipart/report) where one was asked for, else an ordinary mail, both with the
 * original as message/rfc822 and its attachments joined again (CI-SIS volet Transmission par messagerie, acquittement).
 * What would make a receipt larger than the mail server takes is left out, and the receipt says so.
 */
public final class ReceiptComposer {
    private static final String NULL_SENDER = "<>";

    private final MailAddress from;
    private final String systemName;
    private final ReceiptLimits limits;
    private final Clock clock;

    /** @param systemName Reporting-UA: the name of this host and product */
    public ReceiptComposer(MailAddress from, String systemName, ReceiptLimits limits, Clock clock) {
        this.from = from;
        this.systemName = systemName;
        this.limits = limits;
        this.clock = clock;
    }

    /** The Message-ID derives from the original's, so a receipt that is sent again is the same mail. */
    public SMTPMessage compose(
            Session session, OwedReceipt receipt, StoredMessage original, List<DocumentOutcome> outcomes)
            throws MessagingException {
        for (Quotation quotation : List.of(Quotation.ATTACHMENTS, Quotation.ORIGINAL)) {
            // the original is in the receipt either way: what is larger alone need not be written
            if (original.content().length <= limits.maxBytes()) {
                SMTPMessage message = compose(session, receipt, original, outcomes, quotation);
                if (size(message) <= limits.maxBytes()) {
                    return message;
                }
            }
        }
        return compose(session, receipt, original, outcomes, Quotation.HEADER);
    }

    private SMTPMessage compose(
            Session session,
            OwedReceipt receipt,
            StoredMessage original,
            List<DocumentOutcome> outcomes,
            Quotation quotation)
            throws MessagingException {
        MailHeader header = MailHeader.of(original.content());
        Optional<ApplicationError> error = ApplicationError.of(outcomes);
        boolean notification = receipt.kind() == OwedReceipt.Kind.NOTIFICATION;
        SMTPMessage message = new Identified(session, messageId(original));
        message.setEnvelopeFrom(notification ? NULL_SENDER : from.toString());
        message.setFrom(new InternetAddress(from.toString()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(receipt.recipient()));
        message.setSubject(subject(header.subject(), error), StandardCharsets.UTF_8.name());
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        message.setHeader("Auto-Submitted", "auto-replied");
        message.setHeader("In-Reply-To", "<" + original.messageId() + ">");
        message.setHeader("References", "<" + original.messageId() + ">");
        MimeMultipart parts = new MimeMultipart(notification ? "report" : "mixed");
        parts.addBodyPart(text(header, original, outcomes, quotation));
        if (notification) {
            parts.addBodyPart(disposition(original, outcomes, error));
        }
        for (MimeBodyPart part : quoted(original.content(), quotation)) {
            parts.addBodyPart(part);
        }
        message.setContent(parts);
        message.saveChanges();
        if (notification) {
            message.setHeader("Content-Type", parts.getContentType() + "; report-type=disposition-notification");
        }
        return message;
    }

    private List<MimeBodyPart> quoted(byte[] original, Quotation quotation) throws MessagingException {
        if (quotation == Quotation.HEADER) {
            return List.of(quoted(header(original), "text/rfc822-headers"));
        }
        List<MimeBodyPart> parts = new ArrayList<>();
        parts.add(quoted(original, "message/rfc822"));
        if (quotation == Quotation.ATTACHMENTS) {
            parts.addAll(OriginalAttachments.of(original, limits.maxParts(), limits.maxDepth()));
        }
        return parts;
    }

    /** What stands before the first empty line. */
    private static byte[] header(byte[] mail) {
        int lineStart = 0;
        for (int i = 0; i < mail.length; i++) {
            if (mail[i] == '\n') {
                boolean empty = i == lineStart || (i == lineStart + 1 && mail[lineStart] == '\r');
                if (empty) {
                    return Arrays.copyOf(mail, lineStart);
                }
                lineStart = i + 1;
            }
        }
        return mail;
    }

    private static long size(SMTPMessage message) throws MessagingException {
        OctetCount octets = new OctetCount();
        try {
            message.writeTo(octets);
        } catch (IOException e) {
            throw new MessagingException("the receipt cannot be written", e);
        }
        return octets.count;
    }

    private static String subject(String original, Optional<ApplicationError> error) {
        String subject = original.isEmpty() ? "(sans objet)" : original;
        return error.map(present -> "[KO Intégration système !][" + present.code() + "] " + subject)
                .orElse(subject);
    }

    private String messageId(StoredMessage original) {
        String key = MailHeader.sha256((original.id() + " " + original.messageId()).getBytes(StandardCharsets.UTF_8));
        return "<receipt." + key.substring(0, 32) + "@" + from.domain() + ">";
    }

    private static MimeBodyPart text(
            MailHeader header, StoredMessage original, List<DocumentOutcome> outcomes, Quotation quotation)
            throws MessagingException {
        StringBuilder text = new StringBuilder(
                        "Bonjour,\n\nCompte rendu automatique du dépôt dans le DMP.\n\nMessage : ")
                .append(header.subject())
                .append("\nDestinataire : ")
                .append(String.join(", ", original.recipients()))
                .append("\n\n");
        for (DocumentOutcome outcome : outcomes) {
            text.append(outcome.state() == DocumentState.NOTED ? "Pièce jointe " : "Document ")
                    .append(outcome.documentId().orElse(outcome.source()))
                    .append(ended(outcome.state()))
                    .append("  ")
                    .append(outcome.outcome().french())
                    .append("\n  Code ")
                    .append(outcome.outcome().code());
            outcome.outcome()
                    .applicationCode()
                    .ifPresent(code -> text.append(", erreur ").append(code));
            text.append(".\n\n");
        }
        text.append(quotation.french());
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text.toString(), StandardCharsets.UTF_8.name());
        return part;
    }

    private static String ended(DocumentState state) {
        return switch (state) {
            case FILED -> " : déposé.\n";
            case NOTED -> " : non examinée.\n";
            default -> " : non déposé.\n";
        };
    }

    /** RFC 8098 §3.2, with the French form of the disposition: {@code processed/Error: code^label}. */
    private MimeBodyPart disposition(
            StoredMessage original, List<DocumentOutcome> outcomes, Optional<ApplicationError> error)
            throws MessagingException {
        String recipient = original.recipients().get(0);
        StringBuilder fields = new StringBuilder("Reporting-UA: ")
                .append(systemName)
                .append("\r\nOriginal-Recipient: rfc822;")
                .append(recipient)
                .append("\r\nFinal-Recipient: rfc822;")
                .append(recipient)
                .append("\r\nOriginal-Message-ID: <")
                .append(original.messageId())
                .append(">\r\nDisposition: automatic-action/MDN-sent-automatically; processed")
                .append(error.map(present -> "/Error: " + present.code() + "^" + present.label())
                        .orElse(""))
                .append("\r\n");
        for (DocumentOutcome outcome : outcomes) {
            // an extension field (RFC 8098 §3.3): our own code for each document
            fields.append("X-MSS-Outcome: ").append(outcome.outcome().code()).append("\r\n");
        }
        return binary(
                fields.toString().getBytes(StandardCharsets.US_ASCII), "message/disposition-notification", "7bit");
    }

    private static MimeBodyPart quoted(byte[] content, String type) throws MessagingException {
        boolean ascii = true;
        for (byte octet : content) {
            ascii &= octet >= 0;
        }
        return binary(content, type, ascii ? "7bit" : "8bit");
    }

    /** Bytes that are passed on as they are; message parts are never encoded (RFC 2046 §5.2.1). */
    private static MimeBodyPart binary(byte[] content, String type, String encoding) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", encoding);
        return part;
    }

    /** Counts what is written to it. */
    private static final class OctetCount extends OutputStream {
        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            count += length;
        }
    }

    /** A mail that keeps the Message-ID it was given. */
    private static final class Identified extends SMTPMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
