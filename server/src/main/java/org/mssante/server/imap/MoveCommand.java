package org.mssante.server.imap;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.reactivestreams.Publisher;

/** MOVE. */
public final class MoveCommand extends TransferCommand<MoveRequest> implements CapabilityImplementingProcessor {

    @Inject
    public MoveCommand(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super("MOVE", MoveRequest.class, mailboxes, responses, metrics);
    }

    @Override
    Publisher<MessageRange> transfer(
            MessageRange messages, SelectedMailbox from, MessageManager to, ImapSession session) {
        return getMailboxManager()
                .moveMessagesReactive(messages, from.getMailboxId(), to.getId(), session.getMailboxSession());
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_MOVE);
    }
}
