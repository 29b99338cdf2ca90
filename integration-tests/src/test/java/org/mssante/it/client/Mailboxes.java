package org.mssante.it.client;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.SubjectTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.TraceEntry;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.ImapClient;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.ReceivedMail;

/** The mailboxes of the demonstration as their owners see them. */
public final class Mailboxes {
    public static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");
    public static final MailAddress BRIDGE = MailAddress.parse("dmp@demo.mssante.fr");
    public static final MailAddress PRACTITIONER = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    public static final MailAddress COLLEAGUE = MailAddress.parse("dr.martin@demo.medecin.mssante.fr");
    public static final MailAddress PRACTICE = MailAddress.parse("cabinet.exemple@demo.mssante.fr");
    public static final MailAddress HOSPITAL = MailAddress.parse("sortie@chu-exemple.mssante.fr");

    private final TestInstance instance;

    public Mailboxes(TestInstance instance) {
        this.instance = instance;
    }

    /** The message in the mailbox's inbox, once it is there. */
    public ReceivedMail awaitMessage(MailLogin login, String messageId) {
        return await(
                "message " + messageId + " for " + login.mailbox(),
                () -> ImapClient.imaps(instance.instance(), login).find("<" + messageId + ">"));
    }

    /** The answer to a message in the mailbox's inbox, once it is there. */
    public ReceivedMail awaitReplyTo(MailLogin login, String messageId) {
        return await(
                "answer to " + messageId + " for " + login.mailbox(),
                () -> ImapClient.imaps(instance.instance(), login).findReplyTo("<" + messageId + ">"));
    }

    private static ReceivedMail await(String what, Callable<Optional<ReceivedMail>> look) {
        return Awaitility.await(what)
                .atMost(TestInstance.PATIENCE)
                .until(look, Optional::isPresent)
                .orElseThrow();
    }

    /** The Message-ID, without angle brackets, of every message of the inbox; one that is there twice is listed twice. */
    public List<String> messageIds(MailLogin login) {
        return look(login, Mailboxes::ids);
    }

    /** What ties a message of an inbox to the one it answers; both identifiers without angle brackets. */
    public record Reply(String messageId, String inReplyTo, String contentType, String subject) {}

    /** Every message of the inbox with what it answers to; one that is there twice is listed twice. */
    public List<Reply> replies(MailLogin login) {
        return look(login, inbox -> {
            List<Reply> replies = new ArrayList<>();
            for (Message message : fetch(inbox, "Message-ID", "In-Reply-To", "Content-Type")) {
                replies.add(new Reply(
                        TraceEntry.bareMessageId(header(message, "Message-ID")),
                        TraceEntry.bareMessageId(header(message, "In-Reply-To")),
                        header(message, "Content-Type"),
                        Optional.ofNullable(message.getSubject()).orElse("")));
            }
            return replies;
        });
    }

    /** How many messages of the inbox a SEARCH for words of their subject finds. */
    public int search(MailLogin login, String subject) {
        return look(login, inbox -> inbox.search(new SubjectTerm(subject)).length);
    }

    private interface Look<T> {
        T at(Folder inbox) throws MessagingException;
    }

    private <T> T look(MailLogin login, Look<T> look) {
        Endpoint endpoint = instance.endpoint(ServicePort.IMAPS);
        try (Store store = Session.getInstance(properties(login)).getStore("imaps")) {
            store.connect(endpoint.host(), endpoint.port(), login.mailbox().toString(), password(login));
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return look.at(inbox);
            }
        } catch (MessagingException e) {
            throw new IllegalStateException("the inbox of " + login.mailbox() + " cannot be read", e);
        }
    }

    private Properties properties(MailLogin login) {
        SSLContext tls = TlsContexts.trusting(instance.instance().anchors());
        Properties properties = new Properties();
        if (login instanceof MailLogin.ByCertificate machine) {
            tls = TlsContexts.mutual(machine.identity(), instance.instance().anchors());
            properties.put("mail.imaps.sasl.enable", "true");
            properties.put("mail.imaps.sasl.mechanisms", "EXTERNAL");
        }
        properties.put("mail.imaps.ssl.socketFactory", tls.getSocketFactory());
        properties.put("mail.imaps.ssl.checkserveridentity", "true");
        return properties;
    }

    /** The library wants a password even where the certificate is the log-in. */
    private static String password(MailLogin login) {
        return login instanceof MailLogin.ByPassword person ? person.password() : "";
    }

    private static List<String> ids(Folder inbox) throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (Message message : fetch(inbox, "Message-ID")) {
            ids.add(TraceEntry.bareMessageId(header(message, "Message-ID")));
        }
        return ids;
    }

    private static Message[] fetch(Folder inbox, String... headers) throws MessagingException {
        Message[] messages = inbox.getMessages();
        FetchProfile wanted = new FetchProfile();
        wanted.add(FetchProfile.Item.ENVELOPE);
        for (String header : headers) {
            wanted.add(header);
        }
        inbox.fetch(messages, wanted);
        return messages;
    }

    /** The first value, empty where there is none. */
    private static String header(Message message, String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null ? "" : values[0];
    }
}
