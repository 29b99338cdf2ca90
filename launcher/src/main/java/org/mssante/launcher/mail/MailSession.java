package org.mssante.launcher.mail;

import jakarta.mail.Session;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.instance.Instance;

/** The settings of Angus Mail for one protocol and one log-in. */
final class MailSession {
    private static final String TIMEOUT_MILLIS = "60000";

    private final String prefix;
    private final Properties properties = new Properties();

    private MailSession(String protocol) {
        this.prefix = "mail." + protocol + ".";
    }

    /** TLS from the first byte ({@code smtps}, {@code imaps}) or by STARTTLS, which is then required. */
    static MailSession of(String protocol, SSLContext tls) {
        MailSession session = new MailSession(protocol);
        session.set("ssl.socketFactory", tls.getSocketFactory());
        session.set("ssl.checkserveridentity", "true");
        session.set("ssl.protocols", String.join(" ", TlsContexts.PROTOCOLS));
        if (!protocol.endsWith("s")) {
            session.set("starttls.enable", "true");
            session.set("starttls.required", "true");
        }
        session.set("connectiontimeout", TIMEOUT_MILLIS);
        session.set("timeout", TIMEOUT_MILLIS);
        session.set("writetimeout", TIMEOUT_MILLIS);
        return session;
    }

    /** The TLS of a client that logs in this way: only who logs in by certificate presents one. */
    static SSLContext tls(Instance instance, MailLogin login) {
        return login instanceof MailLogin.ByCertificate certificate
                ? TlsContexts.mutual(certificate.identity(), instance.anchors())
                : TlsContexts.trusting(instance.anchors());
    }

    MailSession login(MailLogin login) {
        set("auth", "true");
        if (login instanceof MailLogin.ByCertificate) {
            set("sasl.enable", "true");
            set("sasl.mechanisms", "EXTERNAL");
            // nothing else may be tried where the server does not offer EXTERNAL
            set("auth.mechanisms", "EXTERNAL");
            return this;
        }
        if (login instanceof MailLogin.ByPassword person && !person.mailbox().equals(person.person())) {
            set("sasl.authorizationid", person.mailbox().toString());
        }
        return set("auth.mechanisms", "PLAIN");
    }

    MailSession set(String key, Object value) {
        properties.put(prefix + key, value);
        return this;
    }

    Session build() {
        return Session.getInstance(properties);
    }

    /** The user name for {@code connect}; with SASL EXTERNAL it is the authorization identity. */
    static String userName(MailLogin login) {
        if (login instanceof MailLogin.ByPassword password) {
            return password.person().toString();
        }
        return login instanceof MailLogin.ByCombinedName combined
                ? combined.userName()
                : login.mailbox().toString();
    }

    /** The password for {@code connect}; the library wants one even where the certificate is the log-in. */
    static String password(MailLogin login) {
        if (login instanceof MailLogin.ByPassword password) {
            return password.password();
        }
        return login instanceof MailLogin.ByCombinedName combined ? combined.password() : "unused";
    }
}
