package org.mssante.server.admin;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepository;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;

/** Whether somebody has to look into the quarantine. */
public final class QuarantineWatch implements Watch {
    private final MailRepository repository;

    public QuarantineWatch(MailRepository repository) {
        this.repository = repository;
    }

    @Override
    public String subject() {
        return "quarantine";
    }

    @Override
    public List<Finding> look() {
        long mails = mails();
        return mails == 0
                ? List.of()
                : List.of(new Finding(
                        Alarm.QUARANTINE_NOT_EMPTY, mails + " mails: ./mssante quarantine list shows them"));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.gauge("mssante_quarantine_mails", "Mails in quarantine.", mails()));
    }

    private long mails() {
        try {
            return repository.size();
        } catch (MessagingException e) {
            throw new IllegalStateException("the quarantine cannot be counted", e);
        }
    }
}
