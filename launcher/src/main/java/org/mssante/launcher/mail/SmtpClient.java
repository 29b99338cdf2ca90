package org.mssante.launcher.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.RootCause;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;

/** An SMTP client of an instance: a mailbox that submits, or the server of another operator. */
public final class SmtpClient {
    /** How a server's words begin (RFC 5321, section 4.2). */
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}[ -]");

    private final MailSession settings;
    private final String protocol;
    private final Endpoint endpoint;
    private final Optional<MailLogin> login;

    private SmtpClient(MailSession settings, String protocol, Endpoint endpoint, Optional<MailLogin> login) {
        this.settings = settings;
        this.protocol = protocol;
        this.endpoint = endpoint;
        this.login = login;
    }

    /** Submits as a mailbox: a machine over implicit TLS (465), a person by STARTTLS (587). */
    public static SmtpClient submission(Instance instance, MailLogin login) {
        boolean machine = login instanceof MailLogin.ByCertificate;
        String protocol = machine ? "smtps" : "smtp";
        Endpoint endpoint = instance.endpoint(machine ? ServicePort.SMTP_SUBMISSIONS : ServicePort.SMTP_SUBMISSION);
        MailSession settings =
                MailSession.of(protocol, MailSession.tls(instance, login)).login(login);
        return new SmtpClient(settings, protocol, endpoint, Optional.of(login));
    }

    /**
     * Delivers as the server of another operator: STARTTLS with its certificate on the port for mail between operators.
     *
     * @param identity a folder below {@code run/certs}, e.g. {@code operator-b}
     */
    public static SmtpClient operator(Instance instance, String identity) {
        MailSession settings =
                MailSession.of("smtp", TlsContexts.mutual(instance.identity(identity), instance.anchors()));
        return new SmtpClient(settings, "smtp", instance.endpoint(ServicePort.SMTP_MX), Optional.empty());
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Sends one message.
     *
     * @param from of the envelope
     * @throws CommandFailure where the server cannot be reached or speaks no SMTP
     */
    public SmtpAnswer send(MailContent content, MailAddress from, List<MailAddress> to) {
        Session session =
                settings.set("from", from.toString()).set("sendpartial", "true").build();
        List<String> recipients = to.stream().map(MailAddress::toString).toList();
        try (SMTPTransport transport = (SMTPTransport) session.getTransport(protocol)) {
            transport.connect(endpoint.host(), endpoint.port(), userName(), password());
            return send(transport, content, session, recipients);
        } catch (AuthenticationFailedException e) {
            String words = oneLine(e);
            if (!REPLY.matcher(words).lookingAt()) {
                // the library's own words: the connection broke and nobody refused anything
                throw unusable(e);
            }
            return new SmtpAnswer.Refused(List.of(new SmtpAnswer.Refusal("AUTH", words)));
        } catch (MessagingException e) {
            throw unusable(e);
        }
    }

    private CommandFailure unusable(MessagingException e) {
        return new CommandFailure(
                "The mail server at " + endpoint + " does not answer as it should (" + oneLine(e) + because(e)
                        + "): look at ./mssante status; ./mssante up starts what is down.",
                e);
    }

    private static SmtpAnswer send(
            SMTPTransport transport, MailContent content, Session session, List<String> recipients)
            throws MessagingException {
        Address[] addresses = InternetAddress.parse(String.join(",", recipients));
        try {
            transport.sendMessage(content.message(session), addresses);
            return new SmtpAnswer.Accepted(oneLine(transport.getLastServerResponse()), recipients, List.of());
        } catch (SendFailedException e) {
            List<SmtpAnswer.Refusal> refusals = refusals(e);
            List<String> taken = Arrays.stream(
                            Optional.ofNullable(e.getValidSentAddresses()).orElse(new Address[0]))
                    .map(Address::toString)
                    .toList();
            return taken.isEmpty()
                    ? new SmtpAnswer.Refused(refusals)
                    : new SmtpAnswer.Accepted(oneLine(transport.getLastServerResponse()), taken, refusals);
        }
    }

    /** The library chains one exception a refused command; the outermost repeats the last of them. */
    private static List<SmtpAnswer.Refusal> refusals(SendFailedException failure) {
        List<SmtpAnswer.Refusal> recipients = new ArrayList<>();
        for (Exception each = failure; each instanceof MessagingException link; each = link.getNextException()) {
            if (link instanceof SMTPAddressFailedException refused) {
                recipients.add(new SmtpAnswer.Refusal(refused.getCommand(), oneLine(refused)));
            }
        }
        if (!recipients.isEmpty()) {
            return recipients;
        }
        String command = failure instanceof SMTPSendFailedException refused ? refused.getCommand() : "DATA";
        return List.of(new SmtpAnswer.Refusal(command, oneLine(failure)));
    }

    private String userName() {
        return login.map(MailSession::userName).orElse(null);
    }

    private String password() {
        return login.map(MailSession::password).orElse(null);
    }

    /** What the library's own words leave out, e.g. why TLS failed. */
    private static String because(Throwable failure) {
        Throwable root = RootCause.of(failure);
        return root == failure
                ? ""
                : ", because of " + root.getClass().getSimpleName() + " " + oneLine(String.valueOf(root.getMessage()));
    }

    private static String oneLine(Exception e) {
        return oneLine(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    }

    private static String oneLine(String reply) {
        return reply.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
