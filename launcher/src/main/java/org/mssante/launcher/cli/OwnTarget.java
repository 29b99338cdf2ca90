package org.mssante.launcher.cli;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.bench.Account;
import org.mssante.launcher.bench.Door;
import org.mssante.launcher.bench.Entry;
import org.mssante.launcher.bench.Target;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.MailLogins;

/** Our own server under load: its ports, and the generated passwords of its mailboxes. */
final class OwnTarget {
    private static final String NAME = "mssante";
    private static final String OTHER_OPERATOR = "operator-b";
    private static final MailAddress ELSEWHERE = MailAddress.parse("bench@chu-exemple.mssante.fr");

    private final Instance instance;

    OwnTarget(Instance instance) {
        this.instance = instance;
    }

    /** @param from logs in by certificate where it is a software, else with its generated password */
    Target of(Entry entry, MailAddress from, List<MailAddress> to) {
        MailLogins logins = new MailLogins(instance);
        SSLContext client = TlsContexts.trusting(instance.anchors());
        Door door = door(entry, logins.of(from), client);
        return new Target(
                NAME,
                entry,
                door.smtp(),
                door.tls(),
                instance.endpoint(ServicePort.IMAPS),
                client,
                door.sender(),
                to.stream()
                        .map(address -> new Account(
                                address, logins.asMember(address, address).password()))
                        .toList());
    }

    private Door door(Entry entry, MailLogin sender, SSLContext client) {
        return switch (entry) {
            case TLS -> door(entry, ServicePort.SMTP_SUBMISSIONS, sender, client);
            case STARTTLS -> door(entry, ServicePort.SMTP_SUBMISSION, sender, client);
            case OPERATOR, PLAIN ->
                new Door(
                        NAME,
                        entry,
                        instance.endpoint(ServicePort.SMTP_MX),
                        TlsContexts.mutual(instance.identity(OTHER_OPERATOR), instance.anchors()),
                        new Account(ELSEWHERE, ""));
        };
    }

    private Door door(Entry entry, ServicePort port, MailLogin sender, SSLContext client) {
        if (sender instanceof MailLogin.ByCertificate software) {
            return new Door(
                    NAME,
                    entry,
                    instance.endpoint(port),
                    TlsContexts.mutual(software.identity(), instance.anchors()),
                    new Account(software.mailbox(), ""));
        }
        if (sender instanceof MailLogin.ByPassword person) {
            return new Door(
                    NAME, entry, instance.endpoint(port), client, new Account(person.mailbox(), person.password()));
        }
        throw new IllegalArgumentException("no log-in of the benchmark: " + sender);
    }
}
