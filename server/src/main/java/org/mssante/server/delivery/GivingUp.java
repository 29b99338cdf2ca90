package org.mssante.server.delivery;

import java.sql.SQLException;
import java.util.Map;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.server.storage.sql.UnitOfWork;

/** What becomes of a message that will never reach some of its recipients. */
@FunctionalInterface
public interface GivingUp {

    /**
     * Reads beforehand what the end of a message takes, so that the transaction only writes.
     *
     * @throws MessagingException where the bytes of the message cannot be had; nothing is lost as long as it stays where it is
     */
    Ending prepare(Mail mail) throws MessagingException;

    /** The end of one message, prepared. Closed after use, whether it came to it or not. */
    interface Ending extends AutoCloseable {

        /** Takes over the duty for the recipients, as part of the unit of work in which the queue forgets them. */
        void take(UnitOfWork unit, Map<MailAddress, Failure> failures) throws SQLException;

        @Override
        void close();
    }
}
