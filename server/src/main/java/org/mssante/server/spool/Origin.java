package org.mssante.server.spool;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mssante.core.id.MailAddress;

/** Which of our mailboxes submitted a message; written on the mail, so that it survives the queue. */
public final class Origin {
    private static final AttributeName MAILBOX = AttributeName.of("mssante.submitted.by");

    private Origin() {}

    public static void submittedBy(Mail mail, MailAddress mailbox) {
        mail.setAttribute(new Attribute(MAILBOX, AttributeValue.of(mailbox.toString())));
    }

    /** Empty where the message came from another operator, or has been signed already. */
    static Optional<MailAddress> submitter(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, MAILBOX, String.class)
                .map(MailAddress::parse);
    }

    static void settled(Mail mail) {
        mail.removeAttribute(MAILBOX);
    }
}
