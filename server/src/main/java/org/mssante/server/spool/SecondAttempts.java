package org.mssante.server.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.server.delivery.DeliveryTrace;
import org.mssante.server.delivery.Failure;
import org.mssante.server.delivery.GivingUp;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.sql.UnitOfWork;

/**
 * What becomes of a message that failed on its way: it waits in the spool, longer each time, and is given up after the last
 * one. Thread-safe.
 */
public final class SecondAttempts {
    private static final AttributeName FAILURES = AttributeName.of("mssante.spool.failures");

    private final GivingUp givingUp;
    private final SpoolLimits limits;
    private final Trace trace;

    @Inject
    SecondAttempts(GivingUp givingUp, SpoolLimits limits, Trace trace) {
        this.givingUp = givingUp;
        this.limits = limits;
        this.trace = trace;
    }

    /**
     * What follows if this attempt fails, prepared before the transaction that finds out.
     *
     * @throws MessagingException where the bytes of the message cannot be had
     */
    Next after(MailImpl mail) throws MessagingException {
        int failures = failuresOf(mail) + 1;
        return failures > limits.retries().size()
                ? new Next(mail, failures, Duration.ZERO, Optional.of(givingUp.prepare(mail)))
                : new Next(mail, failures, limits.retries().get(failures - 1), Optional.empty());
    }

    /** The next attempt, or the end. Closed after use, whether it came to it or not. */
    final class Next implements AutoCloseable {
        private final MailImpl mail;
        private final int failures;
        private final Duration wait;
        private final Optional<GivingUp.Ending> end;

        private Next(MailImpl mail, int failures, Duration wait, Optional<GivingUp.Ending> end) {
            this.mail = mail;
            this.failures = failures;
            this.wait = wait;
            this.end = end;
        }

        /** Settles the item of the spool for those who were not served, as part of a unit of work. */
        void settle(UnitOfWork unit, JdbcMailQueueItem item, MailContent content, Map<MailAddress, Failure> unserved)
                throws SQLException {
            if (end.isPresent()) {
                Map<MailAddress, Failure> given = new HashMap<>(unserved);
                given.replaceAll((recipient, failure) -> failure.atTheEnd());
                end.get().take(unit, given);
                item.end(unit);
                return;
            }
            MailImpl again = Envelopes.copy(mail, mail.getName(), unserved.keySet());
            again.setAttribute(new Attribute(FAILURES, AttributeValue.of(failures)));
            again.setErrorMessage(unserved.values().iterator().next().summary());
            unit.afterwards(() -> DeliveryTrace.failed(Event.DELIVERY_DELAYED, mail, unserved)
                    .forEach(line -> trace.record(
                            line.with(Field.ATTEMPT, failures).with(Field.RULE, "next attempt in " + wait))));
            item.again(unit, again, content, wait);
        }

        @Override
        public void close() {
            end.ifPresent(GivingUp.Ending::close);
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
