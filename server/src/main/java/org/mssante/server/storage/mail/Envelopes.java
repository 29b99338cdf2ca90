package org.mssante.server.storage.mail;

import java.util.Collection;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;

/** A mail's envelope for some of its recipients; the bytes are stored beside it. */
public final class Envelopes {
    private Envelopes() {}

    /** Sender, attributes and time of arrival stay what they were. */
    public static MailImpl copy(Mail mail, String name, Collection<MailAddress> recipients) {
        try {
            MailImpl copy = MailImpl.duplicateWithoutMessage(mail).build();
            copy.setName(name);
            copy.setRecipients(recipients);
            return copy;
        } catch (MessagingException e) { // James declares it of every copy; only a message can cause it
            throw new IllegalStateException("the envelope of a mail cannot be copied", e);
        }
    }

    /** The same mail, without what the sender asked of reports (RFC 3461). */
    public static MailImpl withoutWishes(MailImpl mail) {
        DsnParameters.DsnAttributeValues.forEachDsnAttributeName(mail::removeAttribute);
        return mail;
    }
}
