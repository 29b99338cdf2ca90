package org.mssante.core.mail;

import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.mssante.core.id.MailAddress;

/** How a service of ours hands mail in at the mail server, as a technical mailbox: TLS at once, its certificate, SASL EXTERNAL. */
public final class SubmissionProperties {
    private SubmissionProperties() {}

    /**
     * For a session of Jakarta Mail whose protocol is {@code smtps}.
     *
     * @param tls presents the certificate the mailbox logs in with
     * @param timeout of the connection, and of each answer
     */
    public static Properties of(SSLContext tls, MailAddress mailbox, Duration timeout) {
        String millis = String.valueOf(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtps.ssl.socketFactory", tls.getSocketFactory());
        properties.setProperty("mail.smtps.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtps.auth", "true");
        properties.setProperty("mail.smtps.sasl.enable", "true");
        properties.setProperty("mail.smtps.sasl.mechanisms", "EXTERNAL");
        properties.setProperty("mail.smtps.sasl.authorizationid", mailbox.toString());
        properties.setProperty("mail.smtps.connectiontimeout", millis);
        properties.setProperty("mail.smtps.timeout", millis);
        properties.setProperty("mail.smtps.writetimeout", millis);
        return properties;
    }
}
