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
 * What becomes of a message that did not reach everybody: it waits in the spool for those it may still reach, longer each time, and
 * is given up after the last wait. Thread-safe.
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
     * What follows where this attempt does not serve everybody, prepared before the transaction that finds out.
     *
     * @param refused the recipients for whom there is nothing to wait for
     * @throws MessagingException where the bytes of the message cannot be had
     */
    Next after(MailImpl mail, Map<MailAddress, Failure> refused) throws MessagingException {
        int failures = failuresOf(mail) + 1;
        Optional<Duration> wait = limits.retries().stream().skip(failures - 1L).findFirst();
        Optional<GivingUp.Ending> end =
                wait.isPresent() && refused.isEmpty() ? Optional.empty() : Optional.of(givingUp.prepare(mail));
        return new Next(mail, refused, failures, wait, end);
    }

    /** The next attempt, or the end. Closed after use, whether it came to it or not. */
    final class Next implements AutoCloseable {
        private final MailImpl mail;
        private final Map<MailAddress, Failure> refused;
        private final int failures;
        private final Optional<Duration> wait;
        private final Optional<GivingUp.Ending> end;

        private Next(
                MailImpl mail,
                Map<MailAddress, Failure> refused,
                int failures,
                Optional<Duration> wait,
                Optional<GivingUp.Ending> end) {
            this.mail = mail;
            this.refused = Map.copyOf(refused);
            this.failures = failures;
            this.wait = wait;
            this.end = end;
        }

        /**
         * Settles the item of the spool, as part of a unit of work: the sender is told of those who were refused, the others who
         * were not served wait, and where nobody is left the item ends.
         */
        void settle(UnitOfWork unit, JdbcMailQueueItem item, MailContent content, Map<MailAddress, Failure> unserved)
                throws SQLException {
            Map<MailAddress, Failure> given = new HashMap<>(refused);
            if (wait.isEmpty()) {
                unserved.forEach((recipient, failure) -> given.put(recipient, failure.atTheEnd()));
            }
            if (!given.isEmpty()) {
                end.orElseThrow().take(unit, given);
            }
            if (wait.isEmpty() || unserved.isEmpty()) {
                item.end(unit);
            } else {
                again(unit, item, content, unserved, wait.get());
            }
        }

        private void again(
                UnitOfWork unit,
                JdbcMailQueueItem item,
                MailContent content,
                Map<MailAddress, Failure> unserved,
                Duration next)
                throws SQLException {
            MailImpl again = Envelopes.copy(mail, mail.getName(), unserved.keySet());
            again.setAttribute(new Attribute(FAILURES, AttributeValue.of(failures)));
            again.setErrorMessage(unserved.values().iterator().next().summary());
            unit.afterwards(() -> DeliveryTrace.failed(Event.DELIVERY_DELAYED, mail, unserved)
                    .forEach(line -> trace.record(
                            line.with(Field.ATTEMPT, failures).with(Field.RULE, "next attempt in " + next))));
            item.again(unit, again, content, next);
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
