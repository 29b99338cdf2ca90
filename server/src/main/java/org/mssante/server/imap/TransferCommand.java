package org.mssante.server.imap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mssante.core.log.FailureTrail;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * COPY and MOVE (RFC 3501 §6.4.7, RFC 6851) with the answer that tells a client which message became which (COPYUID, RFC
 * 4315 §3). James answers with the numbers of the command, which are no UIDs in a COPY and name messages that are gone.
 */
abstract class TransferCommand<R extends AbstractMessageRangeRequest> extends AbstractMailboxProcessor<R> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TransferCommand.class);

    private final String name;

    TransferCommand(
            String name,
            Class<R> request,
            MailboxManager mailboxes,
            StatusResponseFactory responses,
            MetricFactory metrics) {
        super(request, mailboxes, responses, metrics);
        this.name = name;
    }

    /** Copies or moves; the UIDs there, in the order of those here. */
    abstract Publisher<MessageRange> transfer(
            MessageRange messages, SelectedMailbox from, MessageManager to, ImapSession session);

    @Override
    protected Mono<Void> processRequestReactive(R request, ImapSession session, Responder responder) {
        MailboxPath path = PathConverter.forSession(session).buildFullPath(request.getMailboxName());
        return Mono.from(getMailboxManager().getMailboxReactive(path, session.getMailboxSession()))
                .flatMap(target -> transfer(request, session, target))
                .flatMap(transferred -> unsolicitedResponses(session, responder, request.isUseUids())
                        .then(Mono.fromRunnable(() -> complete(request, responder, transferred))))
                .onErrorResume(
                        MailboxNotFoundException.class,
                        e -> Mono.fromRunnable(() -> no(
                                request,
                                responder,
                                HumanReadableText.FAILURE_NO_SUCH_MAILBOX,
                                ResponseCode.tryCreate())))
                .onErrorResume(
                        MessageRangeException.class,
                        e -> Mono.fromRunnable(
                                () -> taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
                .onErrorResume(
                        MailboxException.class,
                        e -> Mono.fromRunnable(() -> {
                            LOGGER.error("{} failed: {}", name, FailureTrail.of(e));
                            no(request, responder, HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING);
                        }))
                .then();
    }

    @Override
    protected MDCBuilder mdc(R request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, name);
    }

    private record Transferred(MessageManager target, List<MessageUid> sources, List<MessageUid> copies) {

        /** Only where each message is known to have become one. */
        boolean isTellable() {
            return !copies.isEmpty() && copies.size() == sources.size();
        }
    }

    private Mono<Transferred> transfer(R request, ImapSession session, MessageManager target) {
        SelectedMailbox selected = session.getSelected();
        List<MessageRange> ranges = new ArrayList<>();
        try {
            for (IdRange range : request.getIdSet()) {
                ranges.add(messageRange(selected, range, request.isUseUids())
                        .orElseThrow(
                                () -> new MessageRangeException(range.getFormattedString() + " is no range here")));
            }
        } catch (MessageRangeException e) {
            return Mono.error(e);
        }
        List<MessageUid> sources = ranges.stream()
                .flatMap(range -> known(selected, range).stream())
                .toList();
        return Flux.fromIterable(ranges)
                .concatMap(range -> transfer(range, selected, target, session))
                .concatMapIterable(range -> range)
                .collectList()
                .map(copies -> new Transferred(target, sources, copies));
    }

    /** UIDs rise with the numbers of a mailbox: looks for the first of the range, and goes on as far as the range does. */
    private static List<MessageUid> known(SelectedMailbox selected, MessageRange range) {
        int exists = (int) selected.existsCount();
        int low = 1;
        int high = exists + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean reached = selected.uid(middle)
                    .filter(uid -> uid.compareTo(range.getUidFrom()) >= 0)
                    .isPresent();
            if (reached) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return IntStream.rangeClosed(low, exists)
                .mapToObj(selected::uid)
                .flatMap(uid -> uid.stream())
                .takeWhile(range::includes)
                .toList();
    }

    private void complete(R request, Responder responder, Transferred transferred) {
        if (!transferred.isTellable()) {
            okComplete(request, responder);
            return;
        }
        try {
            okComplete(
                    request,
                    ResponseCode.copyUid(
                            transferred.target().getMailboxEntity().getUidValidity(),
                            runs(transferred.sources()),
                            runs(transferred.copies())),
                    responder);
        } catch (MailboxException e) {
            LOGGER.warn("which message became which is not told: {}", FailureTrail.of(e));
            okComplete(request, responder);
        }
    }

    /** UIDs in their order, neighbours as one range. */
    private static IdRange[] runs(List<MessageUid> uids) {
        Deque<IdRange> runs = new ArrayDeque<>();
        for (MessageUid uid : uids) {
            boolean goesOn = !runs.isEmpty() && runs.getLast().getHighVal() + 1 == uid.asLong();
            long from = goesOn ? runs.removeLast().getLowVal() : uid.asLong();
            runs.add(new IdRange(from, uid.asLong()));
        }
        return runs.toArray(IdRange[]::new);
    }
}
