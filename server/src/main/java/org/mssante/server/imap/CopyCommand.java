package org.mssante.server.imap;

import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.reactivestreams.Publisher;

/** COPY. */
public final class CopyCommand extends TransferCommand<CopyRequest> {

    @Inject
    public CopyCommand(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super("COPY", CopyRequest.class, mailboxes, responses, metrics);
    }

    @Override
    Publisher<MessageRange> transfer(
            MessageRange messages, SelectedMailbox from, MessageManager to, ImapSession session) {
        return getMailboxManager()
                .copyMessagesReactive(messages, from.getMailboxId(), to.getId(), session.getMailboxSession());
    }
}
