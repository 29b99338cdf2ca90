package org.mssante.it.client;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import org.mssante.launcher.mail.MailContent;

/** A message with one header line more. */
public record WithHeader(MailContent mail, String line) implements MailContent {
    @Override
    public MimeMessage message(Session session) throws MessagingException {
        MimeMessage message = mail.message(session);
        message.addHeaderLine(line);
        return message;
    }

    @Override
    public Optional<String> messageId() {
        return mail.messageId();
    }
}
