package org.mssante.server.imap;

import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * CLOSE (RFC 3501 §6.4.2): what is marked as deleted goes, unless the folder was opened for reading only. James' own command
 * expunges after EXAMINE too, and answers nothing where it may not expunge.
 */
public final class CloseCommand extends AbstractMailboxProcessor<CloseRequest> {

    @Inject
    public CloseCommand(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(CloseRequest.class, mailboxes, responses, metrics);
    }

    @Override
    protected Mono<Void> processRequestReactive(CloseRequest request, ImapSession session, Responder responder) {
        boolean changes = Opened.in(session)
                .filter(opened -> opened.access() == Opened.Access.READ_WRITE)
                .isPresent();
        return (changes ? expunge(session) : Mono.<Void>empty())
                .then(session.deselect())
                .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    @Override
    protected MDCBuilder mdc(CloseRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "CLOSE");
    }

    private Mono<Void> expunge(ImapSession session) {
        return getSelectedMailboxReactive(session)
                .flatMapMany(folder -> folder.expungeReactive(MessageRange.all(), session.getMailboxSession()))
                .then();
    }
}
