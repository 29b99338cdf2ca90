package org.mssante.server.spool;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;

/** Which of our mailboxes the reader sees as the sender; written on the mail, so that it survives the queue. */
public final class Origin {
    private static final AttributeName MAILBOX = AttributeName.of("mssante.sent.as");

    private Origin() {}

    public static void sentAs(Mail mail, MailAddress mailbox) {
        mail.setAttribute(new Attribute(MAILBOX, AttributeValue.of(mailbox.toString())));
    }

    /** Empty where the message came from another operator, or has been signed already. */
    public static Optional<MailAddress> sender(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, MAILBOX, String.class)
                .map(MailAddress::parse);
    }

    static void settled(Mail mail) {
        mail.removeAttribute(MAILBOX);
    }
}
