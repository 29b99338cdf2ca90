package org.mssante.annuaire.lifecycle;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.mssante.annuaire.registry.Notice;
import org.mssante.core.id.MailAddress;

/** A notice as a mail. Nobody is told that it could not be delivered: it comes from the null sender (RFC 3834 §3.3). */
final class NoticeMail extends SMTPMessage {
    private static final String NULL_SENDER = "<>";

    private final String identifier;

    private NoticeMail(Session session, String identifier) {
        super(session);
        this.identifier = identifier;
    }

    /** The Message-ID derives from the notice, so one that is sent again is the same mail. */
    static NoticeMail of(Session session, Notice notice, NoticeText text, MailAddress from) throws MessagingException {
        String identifier =
                "<notice-" + notice.id() + "-" + notice.created().toEpochMilli() + "@" + from.domain() + ">";
        NoticeMail mail = new NoticeMail(session, identifier);
        mail.setEnvelopeFrom(NULL_SENDER);
        mail.setFrom(new InternetAddress(from.toString()));
        mail.setRecipient(
                Message.RecipientType.TO, new InternetAddress(notice.recipient().toString()));
        mail.setSubject(text.subject(notice), StandardCharsets.UTF_8.name());
        mail.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(notice.created().atOffset(ZoneOffset.UTC)));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Content-Language", "fr");
        mail.setText(text.body(notice), StandardCharsets.UTF_8.name());
        mail.saveChanges();
        return mail;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", identifier);
    }
}
