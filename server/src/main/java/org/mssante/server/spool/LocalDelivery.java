package org.mssante.server.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.server.core.MailImpl;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.delivery.ArrivalNotices;
import org.mssante.server.delivery.Failure;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.storage.mailbox.Inboxes;
import org.mssante.server.storage.mailbox.ReceivedMessage;
import org.mssante.server.storage.sql.UnitOfWork;
import org.mssante.server.trace.MailFacts;

/** One message ready for our mailboxes: checked, with its headers on top, and known whose copy goes to the bridge. */
final class LocalDelivery implements AutoCloseable {
    private final Inboxes inboxes;
    private final Filing filing;
    private final Trace trace;
    private final MailImpl mail;
    private final ReceivedMessage message;
    private final ArrivalNotices.Notice notice;
    private final AbsenceAnswers.Answers answers;
    private final Map<Username, List<MailAddress>> recipients;
    private final Set<MailAddress> filed;

    /**
     * @param notice tells the sender, who may have asked for it
     * @param answers of mailboxes that nobody reads for the moment
     * @param filed those of the recipients whose copy goes to the bridge
     */
    LocalDelivery(
            Inboxes inboxes,
            Filing filing,
            Trace trace,
            MailImpl mail,
            ReceivedMessage message,
            ArrivalNotices.Notice notice,
            AbsenceAnswers.Answers answers,
            List<MailAddress> recipients,
            List<MailAddress> filed) {
        this.inboxes = inboxes;
        this.filing = filing;
        this.trace = trace;
        this.mail = mail;
        this.message = message;
        this.notice = notice;
        this.answers = answers;
        this.recipients = recipients.stream()
                .collect(Collectors.groupingBy(
                        recipient -> JamesNames.username(
                                JamesNames.address(recipient).orElseThrow()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        this.filed = Set.copyOf(filed);
    }

    /** Does the transaction that delivers, while nobody else of this process adds to these mailboxes. */
    void inOrder(Callable<Void> transaction) throws MessagingException {
        try {
            inboxes.inOrder(recipients.keySet(), transaction);
        } catch (MailboxException e) {
            throw new MessagingException("the mailboxes did not take the message", e);
        }
    }

    /**
     * Delivers as part of a unit of work.
     *
     * @return who did not get the message, and why
     */
    Map<MailAddress, Failure> deliver(UnitOfWork unit) throws SQLException {
        Map<MailAddress, Failure> refused = new LinkedHashMap<>();
        List<MailAddress> served = new ArrayList<>();
        for (Inboxes.Result result : inboxes.deliver(unit, message, recipients.keySet())) {
            for (MailAddress recipient : recipients.get(result.user())) {
                if (result instanceof Inboxes.Placed placed) {
                    served(unit, recipient, placed);
                    served.add(recipient);
                } else if (result instanceof Inboxes.Refusal refusal) {
                    refused.put(recipient, Failure.of(Failure.Kind.DEFERRED, refusal.outcome(), refusal.why()));
                }
            }
        }
        notice.delivered(unit, served);
        answers.delivered(unit, served);
        return refused;
    }

    private void served(UnitOfWork unit, MailAddress recipient, Inboxes.Placed placed) throws SQLException {
        if (filed.contains(recipient)) {
            filing.handOver(unit, mail, recipient, message);
            // before the delivery is traced, so that whoever then follows the message knows what is still to come
            record(unit, MailFacts.envelope(TraceEntry.of(Event.FILING_REQUESTED), mail, List.of(recipient)));
        }
        record(
                unit,
                MailFacts.envelope(TraceEntry.of(Event.DELIVERED), mail, List.of(recipient))
                        .with(Field.SIZE, message.octets())
                        .with(Field.DETAIL, "UID " + placed.uid().asLong() + " in INBOX"));
    }

    private void record(UnitOfWork unit, TraceEntry line) {
        unit.afterwards(() -> trace.record(line));
    }

    @Override
    public void close() {
        message.close();
    }
}
