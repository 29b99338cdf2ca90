package org.mssante.launcher.cli;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.bench.Account;
import org.mssante.launcher.bench.Entry;
import org.mssante.launcher.bench.Target;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;
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

    Target of(Entry entry, MailAddress from, List<MailAddress> to) {
        MailLogins logins = new MailLogins(instance);
        SSLContext client = TlsContexts.trusting(instance.anchors());
        boolean operator = entry == Entry.OPERATOR;
        Account sender = operator
                ? new Account(ELSEWHERE, "")
                : new Account(from, logins.asMember(from, from).password());
        ServicePort port = switch (entry) {
            case TLS -> ServicePort.SMTP_SUBMISSIONS;
            case STARTTLS -> ServicePort.SMTP_SUBMISSION;
            case OPERATOR, PLAIN -> ServicePort.SMTP_MX;
        };
        return new Target(
                NAME,
                entry,
                instance.endpoint(port),
                operator ? TlsContexts.mutual(instance.identity(OTHER_OPERATOR), instance.anchors()) : client,
                instance.endpoint(ServicePort.IMAPS),
                client,
                sender,
                to.stream()
                        .map(address -> new Account(
                                address, logins.asMember(address, address).password()))
                        .toList());
    }
}
