package org.mssante.server.spool;

import java.util.Collection;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trace.MailFacts;

/** Where messages are kept that cannot go their way, until a person looks at them. Thread-safe. */
public final class Quarantine {
    private final MailRepository repository;
    private final Trace trace;

    public Quarantine(MailRepository repository, Trace trace) {
        this.repository = repository;
        this.trace = trace;
    }

    /**
     * Keeps the message for those recipients.
     *
     * @throws MessagingException where it cannot be kept: it must then stay where it is
     */
    public void keep(Mail mail, Collection<MailAddress> recipients, Outcome outcome, String why)
            throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setRecipients(recipients);
            copy.setErrorMessage(why);
            repository.store(copy);
            trace.record(MailFacts.envelope(TraceEntry.of(Event.QUARANTINED), mail, recipients)
                    .outcome(outcome)
                    .with(Field.DETAIL, why));
        } finally {
            copy.dispose();
        }
    }
}
