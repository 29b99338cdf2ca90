package org.mssante.launcher.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;

/** A message to send. */
public interface MailContent {
    /** As the mail library sends it. */
    MimeMessage message(Session session) throws MessagingException;

    /** Its Message-ID without angle brackets; empty where a foreign message has none. */
    Optional<String> messageId();
}
