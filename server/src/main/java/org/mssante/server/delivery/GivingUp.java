package org.mssante.server.delivery;

import java.util.Map;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** What becomes of a message that reached some of its recipients never. */
@FunctionalInterface
public interface GivingUp {

    /**
     * Takes over the duty for the recipients; once it returns the queue forgets them.
     *
     * @throws MessagingException where the duty cannot be taken over now; the queue then keeps the message
     */
    void giveUp(Mail mail, Map<MailAddress, Failure> failures) throws MessagingException;
}
