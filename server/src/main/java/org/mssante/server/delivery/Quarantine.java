package org.mssante.server.delivery;

import java.sql.SQLException;
import java.util.Map;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.storage.sql.UnitOfWork;

/** Where messages are kept that cannot go their way, until a person looks at them. Thread-safe. */
public final class Quarantine {
    private final JdbcMailRepository repository;
    private final Trace trace;

    public Quarantine(JdbcMailRepository repository, Trace trace) {
        this.repository = repository;
        this.trace = trace;
    }

    /**
     * Keeps the message for those recipients, as part of the unit of work that takes it from where it was.
     *
     * @param content its bytes
     * @param failures why, at least one
     * @param told who else hears of it, for the trace
     */
    void keep(UnitOfWork unit, Mail mail, MailContent content, Map<MailAddress, Failure> failures, String told)
            throws SQLException {
        MailImpl copy = Envelopes.copy(mail, mail.getName() + "-" + MailImpl.getId(), failures.keySet());
        copy.setErrorMessage(failures.values().iterator().next().summary());
        repository.store(unit, copy, content);
        unit.afterwards(() -> DeliveryTrace.failed(Event.QUARANTINED, mail, failures)
                .forEach(line -> trace.record(line.with(Field.RULE, told))));
    }
}
