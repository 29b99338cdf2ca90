package org.mssante.launcher.cli;

import java.io.PrintWriter;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.console.Table;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogins;

/** Says how to point a mail client at a running instance; in French too, because a practitioner may read it. */
final class ClientSettings {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet.exemple@demo.mssante.fr");

    private final Instance instance;

    ClientSettings(Instance instance) {
        this.instance = instance;
    }

    void print(PrintWriter out) {
        Endpoint imap = instance.endpoint(ServicePort.IMAPS);
        Endpoint smtp = instance.endpoint(ServicePort.SMTP_SUBMISSION);
        MailLogins logins = new MailLogins(instance);
        out.println();
        out.println("The services stay up. To look with your own mail client (réglages de votre messagerie) :");
        new Table("SETTING", "VALUE")
                .row("incoming / réception", "IMAP, " + imap.host() + ", port " + imap.port() + ", SSL/TLS")
                .row("outgoing / envoi", "SMTP, " + smtp.host() + ", port " + smtp.port() + ", STARTTLS")
                .row("user name / identifiant", PERSON.toString())
                .row("password / mot de passe", "in " + logins.passwordFile(PERSON))
                .row("shared inbox / boîte partagée", PRACTICE + "*" + PERSON + ", same password")
                .row(
                        "authority to import / autorité",
                        instance.certificates().resolve("anchors/root.pem").toString())
                .print(out);
        out.println("./mssante status shows the services, ./mssante down stops them.");
        out.flush();
    }
}
