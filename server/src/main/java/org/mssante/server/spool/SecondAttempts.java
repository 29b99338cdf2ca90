package org.mssante.server.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.sql.UnitOfWork;

/**
 * What becomes of a message that failed on its way: it waits in the spool, longer each time, and goes to quarantine after
 * the last one.
 */
public final class SecondAttempts {
    private static final AttributeName FAILURES = AttributeName.of("mssante.spool.failures");

    private final Quarantine quarantine;
    private final SpoolLimits limits;

    @Inject
    SecondAttempts(Quarantine quarantine, SpoolLimits limits) {
        this.quarantine = quarantine;
        this.limits = limits;
    }

    /**
     * Settles the item of the spool for these recipients, as part of a unit of work.
     *
     * @param why a sentence for the operator
     */
    void arrange(
            UnitOfWork unit,
            JdbcMailQueueItem item,
            Collection<MailAddress> recipients,
            MailContent content,
            String why)
            throws SQLException {
        MailImpl mail = item.getMail();
        int failures = failuresOf(mail) + 1;
        if (failures > limits.retries().size()) {
            quarantine.keep(unit, mail, recipients, content, Outcome.SERVER_ERROR, why);
            item.end(unit);
        } else {
            Duration wait = limits.retries().get(failures - 1);
            MailImpl again = Envelopes.copy(mail, mail.getName(), recipients);
            again.setAttribute(new Attribute(FAILURES, AttributeValue.of(failures)));
            again.setErrorMessage(Outcome.SERVER_ERROR.code() + " " + why);
            item.again(unit, again, content, wait);
        }
    }

    /** How often a message has failed on its way. */
    public static int failuresOf(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, FAILURES, Integer.class)
                .orElse(0);
    }

    /** A message that is given another chance begins with the first wait. */
    public static void forget(Mail mail) {
        mail.removeAttribute(FAILURES);
    }
}
