package org.mssante.server.delivery;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.storage.sql.UnitOfWork;
import org.mssante.server.trace.MailFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells senders who asked for it that a message has arrived (RFC 3461 §5.2.2, §5.2.3): the « accusé de réception » of MSSanté
 * (mssante.md §8.1). The notice is written in the transaction that settles the arrival. Thread-safe.
 */
public final class ArrivalNotices {
    private static final Logger LOGGER = LoggerFactory.getLogger(ArrivalNotices.class);

    private final Reports reports;
    private final Trace trace;

    public ArrivalNotices(Reports reports, Trace trace) {
        this.reports = reports;
        this.trace = trace;
    }

    /** Reads beforehand what a notice takes. A message whose header nobody can read arrives without one. */
    public Notice of(Mail mail) {
        return new Notice(mail, reported(mail));
    }

    private static Optional<ReportedMail> reported(Mail mail) {
        if (mail.getMaybeSender().isNullSender() || !asksForOne(mail)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReportedMail.headOf(mail));
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("no notice of the message {} can be written: {}", mail.getName(), FailureTrail.of(e));
            return Optional.empty();
        }
    }

    private static boolean asksForOne(Mail mail) {
        return mail.dsnParameters().stream()
                .flatMap(asked -> asked.getRcptParameters().values().stream())
                .map(DsnParameters.RecipientDsnParameters::getNotifyParameter)
                .flatMap(Optional::stream)
                .anyMatch(notify -> notify.contains(DsnParameters.Notify.SUCCESS));
    }

    /** The notices about one message. */
    public final class Notice {
        private final Mail mail;
        private final Optional<ReportedMail> reported;

        private Notice(Mail mail, Optional<ReportedMail> reported) {
            this.mail = mail;
            this.reported = reported;
        }

        /** Our own mailboxes have it, as part of the unit of work that puts it there. */
        public void delivered(UnitOfWork unit, Collection<MailAddress> recipients) throws SQLException {
            tell(unit, ReportKind.DELIVERED, recipients, RecipientStatus.delivered());
        }

        /** A server has it that will not tell the sender, as part of the unit of work that ends our duty. */
        void relayed(UnitOfWork unit, Collection<MailAddress> recipients, HandOver.Receipt receipt)
                throws SQLException {
            if (!receipt.reportsItself()) {
                tell(unit, ReportKind.RELAYED, recipients, RecipientStatus.relayed(receipt));
            }
        }

        private void tell(UnitOfWork unit, ReportKind kind, Collection<MailAddress> recipients, RecipientStatus status)
                throws SQLException {
            if (reported.isEmpty()) {
                return;
            }
            ReportedMail about = reported.get();
            List<MailAddress> wanted = recipients.stream()
                    .filter(recipient -> about.isWanted(kind, recipient))
                    .toList();
            if (!wanted.isEmpty()
                    && reports.send(
                            unit,
                            about,
                            kind,
                            wanted.stream().collect(Collectors.toMap(recipient -> recipient, recipient -> status)))) {
                TraceEntry line = MailFacts.envelope(TraceEntry.of(Event.ARRIVAL_REPORTED), mail, wanted)
                        .with(Field.RULE, kind.action());
                unit.afterwards(() -> trace.record(line));
            }
        }
    }
}
