package org.mssante.server.spool;

import java.sql.SQLException;
import java.util.Collection;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.storage.sql.UnitOfWork;
import org.mssante.server.trace.MailFacts;

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
     * @param why a sentence for the operator
     */
    public void keep(
            UnitOfWork unit,
            Mail mail,
            Collection<MailAddress> recipients,
            MailContent content,
            Outcome outcome,
            String why)
            throws SQLException {
        MailImpl copy = Envelopes.copy(mail, mail.getName() + "-" + MailImpl.getId(), recipients);
        copy.setErrorMessage(outcome.code() + " " + why);
        repository.store(unit, copy, content);
        TraceEntry line = MailFacts.envelope(TraceEntry.of(Event.QUARANTINED), mail, recipients)
                .outcome(outcome)
                .with(Field.DETAIL, why);
        unit.afterwards(() -> trace.record(line));
    }
}
