package org.mssante.server.delivery;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.sql.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one end of messages that do not arrive. The sender is told by a report that goes through the spool like any message;
 * what failed for a reason of our own is kept for the operator besides. A message without a sender (a report or a receipt
 * that failed itself), or whose header nobody can read, is only kept: it never vanishes.
 */
public final class ReturnToSender implements GivingUp {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReturnToSender.class);

    private final Reports reports;
    private final Quarantine quarantine;
    private final Trace trace;

    public ReturnToSender(Reports reports, Quarantine quarantine, Trace trace) {
        this.reports = reports;
        this.quarantine = quarantine;
        this.trace = trace;
    }

    @Override
    public Ending prepare(Mail mail) throws MessagingException {
        return new Returned(mail, StoredMails.content(mail), reported(mail));
    }

    private static Optional<ReportedMail> reported(Mail mail) {
        if (mail.getMaybeSender().isNullSender()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReportedMail.read(mail));
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error(
                    "nobody can be told of the message {}, it is only kept: {}", mail.getName(), FailureTrail.of(e));
            return Optional.empty();
        }
    }

    private final class Returned implements Ending {
        private final Mail mail;
        private final MailContent content;
        private final Optional<ReportedMail> reported;

        Returned(Mail mail, MailContent content, Optional<ReportedMail> reported) {
            this.mail = mail;
            this.content = content;
            this.reported = reported;
        }

        @Override
        public void take(UnitOfWork unit, Map<MailAddress, Failure> failures) throws SQLException {
            if (reported.isEmpty()) {
                quarantine.keep(unit, mail, content, failures, "nobody can be told");
                return;
            }
            ReportedMail about = reported.get();
            Map<MailAddress, Failure> told = where(
                    failures,
                    failed -> about.isWanted(ReportKind.FAILED, failed.getKey()) && !goesUntold(failed, about));
            if (!told.isEmpty() && !reports.send(unit, about, ReportKind.FAILED, statuses(told))) {
                quarantine.keep(unit, mail, content, failures, "nobody can be told");
                return;
            }
            Map<MailAddress, Failure> kept =
                    where(failures, failed -> failed.getValue().isOurs());
            if (!kept.isEmpty()) {
                quarantine.keep(unit, mail, content, kept, told.isEmpty() ? "nobody is told" : "the sender is told");
            }
            Map<MailAddress, Failure> returned =
                    where(failures, failed -> !failed.getValue().isOurs());
            unit.afterwards(() -> trace(returned, told.isEmpty()));
        }

        /** What is kept may still arrive; a program has no use for that word. */
        private boolean goesUntold(Map.Entry<MailAddress, Failure> failed, ReportedMail about) {
            return failed.getValue().isOurs() && about.automatic();
        }

        private void trace(Map<MailAddress, Failure> returned, boolean untold) {
            DeliveryTrace.failed(Event.BOUNCED, mail, returned)
                    .forEach(line ->
                            trace.record(untold ? line.with(Field.RULE, "the sender asked for no report") : line));
        }

        @Override
        public void close() {
            reported.ifPresent(ReportedMail::close);
            content.close();
        }
    }

    private static Map<MailAddress, RecipientStatus> statuses(Map<MailAddress, Failure> failures) {
        return failures.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, failed -> RecipientStatus.failed(failed.getValue())));
    }

    private static Map<MailAddress, Failure> where(
            Map<MailAddress, Failure> failures, Predicate<Map.Entry<MailAddress, Failure>> condition) {
        return failures.entrySet().stream()
                .filter(condition)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first, HashMap::new));
    }
}
