package org.mssante.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.sql.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells senders what became of their messages, by reports that go through the spool like any message. Thread-safe. */
public final class Reports {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reports.class);

    private final JdbcMailQueue spool;
    private final StatusReport report;
    private final Clock clock;

    /**
     * @param reportingHost our host name, in Reporting-MTA
     * @param postmaster whom the reports are from
     */
    public Reports(JdbcMailQueue spool, String reportingHost, org.mssante.core.id.MailAddress postmaster, Clock clock) {
        this.spool = spool;
        this.report = new StatusReport(reportingHost, postmaster);
        this.clock = clock;
    }

    /**
     * Puts a report into the spool, as part of a unit of work.
     *
     * @return false where it cannot be written; the log says why
     */
    boolean send(UnitOfWork unit, ReportedMail about, ReportKind kind, Map<MailAddress, RecipientStatus> recipients)
            throws SQLException {
        Optional<SpooledContent> written = written(about, kind, recipients);
        if (written.isEmpty()) {
            return false;
        }
        try (SpooledContent content = written.get()) {
            MailImpl mail = MailImpl.builder()
                    .name("report-" + MailImpl.getId())
                    .sender(MaybeSender.nullSender())
                    .addRecipient(about.sender())
                    .build();
            spool.enQueue(unit, mail, content, Duration.ZERO);
        }
        return true;
    }

    private Optional<SpooledContent> written(
            ReportedMail about, ReportKind kind, Map<MailAddress, RecipientStatus> recipients) {
        try (InputStream bytes = new MimeMessageInputStream(report.write(about, kind, recipients, clock.instant()))) {
            return Optional.of(SpooledContent.ofMail(bytes));
        } catch (MessagingException | IOException | RuntimeException e) {
            LOGGER.error("the report on a message cannot be written: {}", FailureTrail.of(e));
            return Optional.empty();
        }
    }
}
