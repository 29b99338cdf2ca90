package org.mssante.server.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;

/** The MAIL and RCPT commands of a message, with the extensions the peer announced (RFC 1870, 6152, 3461). */
final class Envelope {
    private final Mail mail;
    private final Set<String> extensions;

    /** @param extensions the keywords of the EHLO reply, upper case */
    Envelope(Mail mail, Set<String> extensions) {
        this.mail = mail;
        this.extensions = extensions;
    }

    /** Whether the message holds octets that a peer takes under 8BITMIME alone, which this one does not offer (RFC 6152 §3). */
    boolean isBeyondPeer() throws UnreadableContent {
        return !extensions.contains("8BITMIME") && OwnMessage.isEightBit(mail);
    }

    String mailFrom() throws MessagingException {
        StringBuilder command = new StringBuilder("MAIL FROM:<")
                .append(mail.getMaybeSender().asString(""))
                .append('>');
        if (extensions.contains("SIZE")) {
            command.append(" SIZE=").append(mail.getMessageSize());
        }
        if (extensions.contains("8BITMIME")) {
            command.append(" BODY=8BITMIME");
        }
        dsn().ifPresent(parameters -> {
            parameters
                    .getRetParameter()
                    .ifPresent(ret -> command.append(" RET=").append(ret));
            parameters
                    .getEnvIdParameter()
                    .map(DsnParameters.EnvId::asString)
                    .ifPresent(id -> command.append(" ENVID=").append(id));
        });
        return command.toString();
    }

    String rcptTo(MailAddress recipient) {
        StringBuilder command =
                new StringBuilder("RCPT TO:<").append(recipient.asString()).append('>');
        dsn().map(parameters -> parameters.getRcptParameters().get(recipient)).ifPresent(parameters -> {
            parameters
                    .getNotifyParameter()
                    .ifPresent(notify -> command.append(" NOTIFY=")
                            .append(notify.stream().map(Enum::name).sorted().collect(Collectors.joining(","))));
            parameters
                    .getOrcptParameter()
                    .map(original -> DsnParameters.XText.encode(original.asString()))
                    .ifPresent(address -> command.append(" ORCPT=rfc822;").append(address));
        });
        return command.toString();
    }

    /** Whether the peer takes over what the sender asked of reports. */
    boolean reportsArePeers() {
        return extensions.contains("DSN");
    }

    private Optional<DsnParameters> dsn() {
        return reportsArePeers() ? mail.dsnParameters() : Optional.empty();
    }
}
