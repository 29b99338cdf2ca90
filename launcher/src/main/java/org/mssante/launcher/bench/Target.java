package org.mssante.launcher.bench;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.mssante.launcher.instance.Endpoint;

/**
 * A server under load.
 *
 * @param name as results call it
 * @param smtp where messages are handed in, by {@code entry}
 * @param smtpTls the TLS of sessions that hand in
 * @param imap where they are seen, TLS from the first byte
 * @param imapTls the TLS of who looks
 * @param sender of every message
 * @param recipients whose inboxes are watched
 */
public record Target(
        String name,
        Entry entry,
        Endpoint smtp,
        SSLContext smtpTls,
        Endpoint imap,
        SSLContext imapTls,
        Account sender,
        List<Account> recipients) {
    public Target {
        recipients = List.copyOf(recipients);
    }

    Door door() {
        return new Door(name, entry, smtp, smtpTls, sender);
    }

    /** The same server with other inboxes. */
    public Target to(String otherName, List<Account> others) {
        return new Target(otherName, entry, smtp, smtpTls, imap, imapTls, sender, others);
    }
}
