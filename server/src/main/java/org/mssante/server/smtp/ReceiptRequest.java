package org.mssante.server.smtp;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Return-Receipt-To}: older than RFC 3461, and asked for by MSSanté's clients (ECO.2.3.1). It counts where it names the
 * sender of the envelope: nobody asks for reports to somebody else.
 */
final class ReceiptRequest {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReceiptRequest.class);
    static final String HEADER = "Return-Receipt-To";

    private ReceiptRequest() {}

    /** Adds what the message asks for to the wishes of recipients about whom the envelope says nothing. */
    static void in(Mail mail, Map<MailAddress, RecipientDsnParameters> wishes) {
        if (!isIn(mail)) {
            return;
        }
        for (MailAddress recipient : mail.getRecipients()) {
            Optional<RecipientDsnParameters> wish = Optional.ofNullable(wishes.get(recipient));
            if (wish.flatMap(RecipientDsnParameters::getNotifyParameter).isEmpty()) {
                RecipientDsnParameters.of(
                                Optional.of(EnumSet.of(Notify.SUCCESS, Notify.FAILURE)),
                                wish.flatMap(RecipientDsnParameters::getOrcptParameter))
                        .ifPresent(asked -> wishes.put(recipient, asked));
            }
        }
    }

    private static boolean isIn(Mail mail) {
        try {
            String[] values = mail.getMessage().getHeader(HEADER);
            return values != null
                    && values.length == 1
                    && mail.getMaybeSender()
                            .asOptional()
                            .filter(sender -> names(values[0], sender))
                            .isPresent();
        } catch (MessagingException e) {
            LOGGER.warn("the header of the message {} cannot be read: {}", mail.getName(), FailureTrail.of(e));
            return false;
        }
    }

    /** A plain address, with or without a name and angle brackets. */
    private static boolean names(String value, MailAddress sender) {
        int from = value.lastIndexOf('<');
        String address = from < 0 ? value : value.substring(from + 1).replaceFirst(">\\s*$", "");
        try {
            return new MailAddress(address.strip()).equals(sender);
        } catch (AddressException e) {
            return false;
        }
    }
}
