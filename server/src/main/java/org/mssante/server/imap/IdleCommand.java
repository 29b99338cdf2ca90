package org.mssante.server.imap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.response.ContinuationResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mssante.server.pace.Pace;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * IDLE (RFC 2177). News, heartbeats and the client's DONE are taken one after the other, and the command lasts until DONE:
 * James' own lets several threads write at once, and lets the next command begin under it.
 */
public final class IdleCommand extends AbstractMailboxProcessor<IdleRequest>
        implements CapabilityImplementingProcessor {
    private static final String DONE = "DONE";

    /** What can happen while a client idles. */
    private enum Sign {
        NEWS,
        HEARTBEAT,
        DONE,
        NONSENSE
    }

    private Duration heartbeat = Duration.ofMinutes(2);

    @Inject
    public IdleCommand(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(IdleRequest.class, mailboxes, responses, metrics);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        heartbeat = configuration.idleTimeIntervalAsDuration();
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(Capability.of("IDLE"));
    }

    @Override
    protected Mono<Void> processRequestReactive(IdleRequest request, ImapSession session, Responder responder) {
        Optional<SelectedMailbox> folder = Optional.ofNullable(session.getSelected());
        Sinks.Many<Sign> signs = Sinks.many().multicast().onBackpressureBuffer(Integer.MAX_VALUE, false);
        folder.ifPresent(selected -> selected.registerIdle(new NewsListener(signs)));
        Flux<Sign> all = Flux.merge(
                signs.asFlux(),
                Flux.interval(heartbeat, Schedulers.parallel())
                        .onBackpressureDrop()
                        .map(tick -> Sign.HEARTBEAT));
        return all.doOnSubscribe(subscribed -> {
                    responder.respond(new ContinuationResponse(HumanReadableText.IDLING));
                    responder.flush();
                    session.pushLineHandler((asked, line) -> {
                        asked.popLineHandler();
                        tell(signs, isDone(line) ? Sign.DONE : Sign.NONSENSE);
                    });
                    tell(signs, Sign.NEWS);
                })
                .transform(Pace::keep)
                .publishOn(Schedulers.boundedElastic(), 1)
                .concatMap(sign -> answer(sign, request, session, responder).thenReturn(sign), 1)
                .takeUntil(sign -> sign == Sign.DONE || sign == Sign.NONSENSE)
                .doFinally(end -> folder.ifPresent(SelectedMailbox::unregisterIdle))
                .then();
    }

    @Override
    protected MDCBuilder mdc(IdleRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "IDLE");
    }

    private Mono<Void> answer(Sign sign, IdleRequest request, ImapSession session, Responder responder) {
        return switch (sign) {
            case NEWS -> unsolicitedResponses(session, responder, false).then(Mono.fromRunnable(responder::flush));
            case HEARTBEAT ->
                Mono.fromRunnable(() -> {
                    responder.respond(getStatusResponseFactory().untaggedOk(HumanReadableText.HEARTBEAT));
                    responder.flush();
                });
            case DONE -> Mono.fromRunnable(() -> okComplete(request, responder));
            case NONSENSE ->
                Mono.fromRunnable(() -> taggedBad(
                        request, responder, new HumanReadableText("org.mssante.IDLE", "failed. DONE was expected.")));
        };
    }

    private static boolean isDone(byte[] line) {
        return DONE.equalsIgnoreCase(new String(line, StandardCharsets.US_ASCII).trim());
    }

    /** Several threads may have something to tell at once. */
    private static void tell(Sinks.Many<Sign> signs, Sign sign) {
        signs.emitNext(sign, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** Tells that the folder has changed; what changed is read when it is its turn. */
    private static final class NewsListener implements EventListener.ReactiveEventListener {
        private final Sinks.Many<Sign> signs;

        NewsListener(Sinks.Many<Sign> signs) {
            this.signs = signs;
        }

        @Override
        public boolean isHandling(Event event) {
            return event instanceof Added || event instanceof Expunged || event instanceof FlagsUpdated;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> tell(signs, Sign.NEWS));
        }

        @Override
        public ExecutionMode getExecutionMode() {
            return ExecutionMode.ASYNCHRONOUS;
        }
    }
}
