package org.mssante.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.mssante.server.storage.content.SpooledContent;

/**
 * What a report says of the message it is about, read beforehand. Closed after use.
 *
 * @param asked what the sender asked of reports (RFC 3461)
 * @param automatic whether a program wrote it by itself (RFC 3834 §5), which then reads no notice either
 * @param header the header fields, each with its line end, octets as ISO 8859-1
 * @param whole the message, where the sender wants all of what failed back (RET=FULL)
 */
record ReportedMail(
        MailAddress sender,
        Optional<String> messageId,
        Optional<Instant> arrived,
        Optional<DsnParameters> asked,
        boolean automatic,
        String header,
        Optional<SpooledContent> whole)
        implements AutoCloseable {
    private static final String END_OF_LINE = "\r\n";

    /**
     * What a report of a failure takes: of that alone the whole message is returned (RFC 3461 §4.3).
     *
     * @param mail one that has a sender
     */
    static ReportedMail read(Mail mail) throws MessagingException {
        return read(mail, wantsAll(mail));
    }

    /**
     * What a report of an arrival takes: the headers.
     *
     * @param mail one that has a sender
     */
    static ReportedMail headOf(Mail mail) throws MessagingException {
        return read(mail, false);
    }

    private static ReportedMail read(Mail mail, boolean whole) throws MessagingException {
        MimeMessage message = mail.getMessage();
        String header = String.join(END_OF_LINE, Collections.list(message.getAllHeaderLines())) + END_OF_LINE;
        return new ReportedMail(
                mail.getMaybeSender().get(),
                Optional.ofNullable(message.getMessageID()),
                Optional.ofNullable(mail.getLastUpdated()).map(Date::toInstant),
                mail.dsnParameters(),
                isAutomatic(message),
                header,
                whole ? Optional.of(whole(message)) : Optional.empty());
    }

    /** Whether the sender wants to hear of it (RFC 3461 §4.1): of a failure also where nothing was said. */
    boolean isWanted(ReportKind kind, MailAddress recipient) {
        return wishes(recipient)
                .flatMap(DsnParameters.RecipientDsnParameters::getNotifyParameter)
                .map(notify -> notify.contains(kind.wish()))
                .orElse(kind == ReportKind.FAILED);
    }

    /** The identifier that the sender gave to the envelope, as he has it himself: on the wire it was xtext (RFC 3461 §4.4). */
    Optional<String> envelopeId() {
        return asked.flatMap(DsnParameters::getEnvIdParameter)
                .map(DsnParameters.EnvId::asString)
                .map(DsnParameters.XText::decode);
    }

    /** Whom the sender named first, where the message was passed on since. */
    Optional<MailAddress> originally(MailAddress recipient) {
        return wishes(recipient).flatMap(DsnParameters.RecipientDsnParameters::getOrcptParameter);
    }

    private Optional<DsnParameters.RecipientDsnParameters> wishes(MailAddress recipient) {
        return asked.map(parameters -> parameters.getRcptParameters().get(recipient));
    }

    @Override
    public void close() {
        whole.ifPresent(SpooledContent::close);
    }

    private static boolean isAutomatic(MimeMessage message) throws MessagingException {
        return Optional.ofNullable(message.getHeader("Auto-Submitted", ";"))
                .map(value -> value.split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT))
                .filter(value -> !value.equals("no"))
                .isPresent();
    }

    private static boolean wantsAll(Mail mail) {
        return mail.dsnParameters()
                .flatMap(DsnParameters::getRetParameter)
                .filter(DsnParameters.Ret.FULL::equals)
                .isPresent();
    }

    private static SpooledContent whole(MimeMessage message) throws MessagingException {
        try (InputStream bytes = new MimeMessageInputStream(message)) {
            return SpooledContent.ofMail(bytes);
        } catch (IOException e) {
            throw new MessagingException("the message cannot be read", e);
        }
    }
}
