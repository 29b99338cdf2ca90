package org.mssante.server.delivery;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/**
 * Tells the sender by a report that goes through the spool like any message. A message without a sender (a report or a
 * receipt that failed itself) is set aside for the operator instead: it never vanishes.
 */
public final class ReturnToSender implements GivingUp {
    private final MailQueue spool;
    private final MailRepository quarantine;
    private final FailureReport reports;
    private final Trace trace;
    private final Clock clock;

    /**
     * @param reportingHost our host name, in Reporting-MTA
     * @param postmaster whom the report is from
     */
    public ReturnToSender(
            MailQueue spool,
            MailRepository quarantine,
            String reportingHost,
            org.mssante.core.id.MailAddress postmaster,
            Trace trace,
            Clock clock) {
        this.spool = spool;
        this.quarantine = quarantine;
        this.reports = new FailureReport(reportingHost, postmaster);
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public void giveUp(Mail mail, Map<MailAddress, Failure> failures) throws MessagingException {
        if (mail.getMaybeSender().isNullSender()) {
            setAside(mail, failures);
            DeliveryTrace.failed(Event.QUARANTINED, mail, failures).forEach(trace::record);
            return;
        }
        Map<MailAddress, Failure> wanted = new HashMap<>(failures);
        wanted.keySet().removeIf(recipient -> isUnwanted(mail, recipient));
        if (!wanted.isEmpty()) {
            report(mail, mail.getMaybeSender().get(), wanted);
        }
        for (TraceEntry entry : DeliveryTrace.failed(Event.BOUNCED, mail, failures)) {
            trace.record(wanted.isEmpty() ? entry.with(Field.RULE, "the sender asked for no report") : entry);
        }
    }

    private void report(Mail mail, MailAddress sender, Map<MailAddress, Failure> failures) throws MessagingException {
        MailImpl report = MailImpl.builder()
                .name("report-" + MailImpl.getId())
                .sender(MaybeSender.nullSender())
                .addRecipient(sender)
                .mimeMessage(reports.write(mail, sender, failures, clock.instant()))
                .build();
        try {
            spool.enQueue(report);
        } finally {
            LifecycleUtil.dispose(report);
        }
    }

    private void setAside(Mail mail, Map<MailAddress, Failure> failures) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(mail.getName() + "-undelivered-" + MailImpl.getId());
            copy.setRecipients(failures.keySet());
            copy.setErrorMessage(failures.values().iterator().next().summary());
            quarantine.store(copy);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    /** RFC 3461 §4.1: NOTIFY without FAILURE, or NEVER, asks for no report. */
    private static boolean isUnwanted(Mail mail, MailAddress recipient) {
        return mail.dsnParameters()
                .map(parameters -> parameters.getRcptParameters().get(recipient))
                .flatMap(DsnParameters.RecipientDsnParameters::getNotifyParameter)
                .filter(notify -> !notify.contains(DsnParameters.Notify.FAILURE))
                .isPresent();
    }
}
