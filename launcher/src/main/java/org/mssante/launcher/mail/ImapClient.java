package org.mssante.launcher.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import jakarta.mail.search.SearchTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;

/** An IMAP client of an instance, logged in to one mailbox for each call. */
public final class ImapClient {
    private final MailSession settings;
    private final String protocol;
    private final Endpoint endpoint;
    private final MailLogin login;

    private ImapClient(MailSession settings, String protocol, Endpoint endpoint, MailLogin login) {
        this.settings = settings;
        this.protocol = protocol;
        this.endpoint = endpoint;
        this.login = login;
    }

    /** Implicit TLS (993). */
    public static ImapClient imaps(Instance instance, MailLogin login) {
        return of(instance, login, "imaps", ServicePort.IMAPS);
    }

    /** STARTTLS (143). */
    public static ImapClient starttls(Instance instance, MailLogin login) {
        return of(instance, login, "imap", ServicePort.IMAP);
    }

    private static ImapClient of(Instance instance, MailLogin login, String protocol, ServicePort port) {
        MailSession settings =
                MailSession.of(protocol, MailSession.tls(instance, login)).login(login);
        // the whole message in one piece, so that what is compared is what the server holds
        settings.set("partialfetch", "false").set("peek", "true");
        return new ImapClient(settings, protocol, instance.endpoint(port), login);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The message of the inbox with this Message-ID, where it has arrived. */
    public Optional<ReceivedMail> find(String messageId) {
        return search(new HeaderTerm("Message-ID", messageId));
    }

    /** The message of the inbox that answers to a Message-ID: a receipt or a notice (RFC 5322 §3.6.4). */
    public Optional<ReceivedMail> findReplyTo(String messageId) {
        return search(new HeaderTerm("In-Reply-To", messageId))
                .or(() -> search(new HeaderTerm("References", messageId)));
    }

    private Optional<ReceivedMail> search(SearchTerm term) {
        try (Store store = settings.build().getStore(protocol)) {
            store.connect(endpoint.host(), endpoint.port(), MailSession.userName(login), MailSession.password(login));
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                Message[] found = inbox.search(term);
                return found.length == 0 ? Optional.empty() : Optional.of(fetch(found[0]));
            }
        } catch (AuthenticationFailedException e) {
            throw new CommandFailure("The mail server refused the log-in " + login + " (" + e.getMessage() + ").", e);
        } catch (MessagingException | IOException e) {
            throw new CommandFailure(
                    "The mailbox " + login.mailbox() + " cannot be read at " + endpoint + " (" + e.getMessage() + ").",
                    e);
        }
    }

    private static ReceivedMail fetch(Message message) throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return ReceivedMail.parse(bytes.toByteArray());
    }
}
