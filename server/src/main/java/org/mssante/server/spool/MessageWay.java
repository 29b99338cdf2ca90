package org.mssante.server.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.mssante.server.delivery.Failure;
import org.mssante.server.mailbox.AskedAnew;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.UnitOfWork;

/**
 * One message from the spool to where it goes. Whatever has to be looked up, checked or signed comes first; then one
 * transaction takes it off the spool and puts it into our mailboxes and into the queues of the bridge and of the other
 * operators. A crash leaves all of it or nothing. Recipients whose mailbox does not take it for the moment stay in the spool, and the
 * sender is told of those whose mailbox is closed, by the same transaction.
 */
final class MessageWay {
    private final Signing signing;
    private final Mailboxes mailboxes;
    private final LocalRecipients local;
    private final OutgoingQueue outgoing;
    private final SecondAttempts secondAttempts;
    private final StoredMails mails;
    private final Database database;

    @Inject
    MessageWay(
            Signing signing,
            @AskedAnew Mailboxes mailboxes,
            LocalRecipients local,
            OutgoingQueue outgoing,
            SecondAttempts secondAttempts,
            StoredMails mails,
            Database database) {
        this.signing = signing;
        this.mailboxes = mailboxes;
        this.local = local;
        this.outgoing = outgoing;
        this.secondAttempts = secondAttempts;
        this.mails = mails;
        this.database = database;
    }

    /** @throws MessagingException where nothing was done at all */
    void go(JdbcMailQueueItem item) throws MessagingException {
        MailImpl mail = item.getMail();
        signing.apply(mail);
        Map<Boolean, List<MailAddress>> byPlace =
                mail.getRecipients().stream().distinct().collect(Collectors.partitioningBy(this::isOurs));
        List<MailAddress> here = byPlace.get(true);
        List<MailAddress> elsewhere = byPlace.get(false);
        try (MailContent content = StoredMails.content(mail)) {
            mails.storeAhead(content);
            deliver(item, content, here, elsewhere);
        }
    }

    private void deliver(
            JdbcMailQueueItem item, MailContent content, List<MailAddress> here, List<MailAddress> elsewhere)
            throws MessagingException {
        MailImpl mail = item.getMail();
        Admission admission = Admission.ask(mailboxes, here);
        try (SecondAttempts.Next next = secondAttempts.after(mail, admission.closed())) {
            if (admission.open().isEmpty()) {
                database.<Void, RuntimeException>unit(unit -> {
                    handOn(unit, mail, elsewhere, content);
                    next.settle(unit, item, content, admission.silent());
                    return null;
                });
                return;
            }
            try (LocalDelivery delivery = local.prepare(mail, admission.open())) {
                delivery.inOrder(() -> database.<Void, RuntimeException>unit(unit -> {
                    handOn(unit, mail, elsewhere, content);
                    Map<MailAddress, Failure> unserved = new HashMap<>(admission.silent());
                    unserved.putAll(delivery.deliver(unit));
                    next.settle(unit, item, content, unserved);
                    return null;
                }));
            }
        }
    }

    private void handOn(UnitOfWork unit, MailImpl mail, Collection<MailAddress> recipients, MailContent content)
            throws SQLException {
        if (!recipients.isEmpty()) {
            MailImpl copy = Envelopes.copy(mail, mail.getName() + "-out", recipients);
            outgoing.stored().enQueue(unit, copy, content, Duration.ZERO);
        }
    }

    private boolean isOurs(MailAddress recipient) {
        Optional<org.mssante.core.id.MailAddress> address = JamesNames.address(recipient);
        return address.map(known -> mailboxes.isOurs(known.domain())).orElse(false);
    }
}
