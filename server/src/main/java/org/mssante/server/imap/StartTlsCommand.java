package org.mssante.server.imap;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.StartTLSRequest;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * STARTTLS (RFC 3501 §6.2.1). James' own command is over before its answer is written by another thread; both then flush
 * the same buffer, and the client may get its answer twice. This one is over once the answer is out.
 */
public final class StartTlsCommand extends AbstractProcessor<StartTLSRequest>
        implements CapabilityImplementingProcessor {
    private final StatusResponseFactory responses;

    @Inject
    public StartTlsCommand(StatusResponseFactory responses) {
        super(StartTLSRequest.class);
        this.responses = responses;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.supportStartTLS() ? List.of(Capability.of("STARTTLS")) : List.of();
    }

    @Override
    protected Mono<Void> doProcess(StartTLSRequest request, Responder responder, ImapSession session) {
        return Mono.create(done -> {
            boolean starting = session.startTLS(() -> {
                responder.respond(
                        responses.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.STARTTLS));
                responder.flush();
                done.success();
            });
            if (!starting) {
                responder.respond(
                        responses.taggedBad(request.getTag(), request.getCommand(), HumanReadableText.UNKNOWN_COMMAND));
                done.success();
            }
        });
    }

    @Override
    protected MDCBuilder mdc(StartTLSRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "STARTTLS");
    }
}
