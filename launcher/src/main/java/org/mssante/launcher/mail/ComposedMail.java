package org.mssante.launcher.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mssante.core.id.MailAddress;

/**
 * A message written by this program: a text and files, sent in base64 so that no server has a reason to touch them.
 *
 * @param id Message-ID without angle brackets
 * @param receiptTo who asks for a receipt (Disposition-Notification-To, RFC 8098); empty for nobody
 */
public record ComposedMail(
        String id,
        Instant date,
        MailAddress from,
        List<MailAddress> to,
        String subject,
        String text,
        List<Attachment> attachments,
        Optional<MailAddress> receiptTo)
        implements MailContent {

    public ComposedMail {
        to = List.copyOf(to);
        attachments = List.copyOf(attachments);
    }

    /** A Message-ID nobody has used, in the domain of the sender (RFC 5322 §3.6.4). */
    public static String newMessageId(MailAddress from) {
        return UUID.randomUUID() + "@" + from.domain();
    }

    @Override
    public Optional<String> messageId() {
        return Optional.of(id);
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the type jakarta.mail takes
    public MimeMessage message(Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id + ">");
            }
        };
        message.setFrom(new InternetAddress(from.toString()));
        for (MailAddress recipient : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient.toString()));
        }
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(date));
        if (receiptTo.isPresent()) {
            message.setHeader("Disposition-Notification-To", receiptTo.get().toString());
        }
        message.setContent(content());
        message.saveChanges();
        return message;
    }

    private MimeMultipart content() throws MessagingException {
        MimeMultipart parts = new MimeMultipart("mixed");
        MimeBodyPart body = new MimeBodyPart();
        body.setText(text, StandardCharsets.UTF_8.name());
        parts.addBodyPart(body);
        for (Attachment attachment : attachments) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.contentType())));
            part.setFileName(attachment.name());
            part.setDisposition(Part.ATTACHMENT);
            part.setHeader("Content-Transfer-Encoding", "base64");
            parts.addBodyPart(part);
        }
        return parts;
    }
}
