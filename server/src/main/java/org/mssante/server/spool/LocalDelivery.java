package org.mssante.server.spool;

import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.mssante.core.id.MailAddress;
import org.mssante.server.mailbox.JamesNames;
import reactor.core.publisher.Mono;

/** Puts a message into the INBOX of one of our mailboxes. Thread-safe. */
final class LocalDelivery {
    private final MailboxManager mailboxes;

    @Inject
    LocalDelivery(MailboxManager mailboxes) {
        this.mailboxes = mailboxes;
    }

    void deliver(MailAddress recipient, Delivered message) throws MailboxException {
        Username user = JamesNames.username(recipient);
        MailboxSession session = mailboxes.createSystemSession(user);
        try {
            MailboxPath inbox = MailboxPath.inbox(session);
            createIfAbsent(inbox, session);
            mailboxes
                    .getMailbox(inbox, session)
                    .appendMessage(
                            AppendCommand.builder()
                                    .recent()
                                    .delivery()
                                    .withFlags(new Flags())
                                    .build(message),
                            session);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    private void createIfAbsent(MailboxPath inbox, MailboxSession session) throws MailboxException {
        if (Boolean.TRUE.equals(
                Mono.from(mailboxes.mailboxExists(inbox, session)).block())) {
            return;
        }
        try {
            mailboxes.createMailbox(inbox, session);
        } catch (MailboxExistsException e) {
            // two first messages at once: the other one made it, which is all we want
            return;
        }
    }
}
