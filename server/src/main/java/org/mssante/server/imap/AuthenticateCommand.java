package org.mssante.server.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.response.AuthenticateResponse;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959) with PLAIN and EXTERNAL, under TLS only. */
public final class AuthenticateCommand extends PersonalLogin<AuthenticateRequest>
        implements CapabilityImplementingProcessor {
    private static final String PLAIN = "PLAIN";
    private static final String EXTERNAL = "EXTERNAL";
    /** An empty initial response, RFC 4959 §3. */
    private static final String EMPTY = "=";
    /** The client has thought better of it (RFC 3501 §6.2.2): no failure. */
    private static final String CANCEL = "*";

    @Inject
    public AuthenticateCommand(
            MailboxManager mailboxes,
            StatusResponseFactory responses,
            MetricFactory metrics,
            Doorkeeper doorkeeper,
            FailedLogins failures,
            LoginTrace trace,
            SpecialFolders folders) {
        super(AuthenticateRequest.class, mailboxes, responses, metrics, doorkeeper, failures, trace, folders);
    }

    @Override
    public List<Class<? extends AuthenticateRequest>> acceptableClasses() {
        return List.of(AuthenticateRequest.class, IRAuthenticateRequest.class);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        List<Capability> capabilities = new ArrayList<>();
        capabilities.add(Capability.of("SASL-IR"));
        if (session.isTLSActive()) {
            capabilities.add(Capability.of("AUTH=" + PLAIN));
        }
        if (!PeerCertificates.of(session.getSSLSession()).isEmpty()) {
            capabilities.add(Capability.of("AUTH=" + EXTERNAL));
        }
        return List.copyOf(capabilities);
    }

    /** Asks for the response first where it did not come along; it is judged away from the connection's thread. */
    @Override
    protected Mono<Void> processRequestReactive(AuthenticateRequest request, ImapSession session, Responder responder) {
        return isAcceptable(request, session) && !(request instanceof IRAuthenticateRequest)
                ? ask(session, responder)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(response -> decide(response, request, session, responder))
                        .then()
                : super.processRequestReactive(request, session, responder);
    }

    @Override
    protected void processRequest(AuthenticateRequest request, ImapSession session, Responder responder) {
        if (!session.isTLSActive()) {
            no(request, responder, HumanReadableText.DISABLED_LOGIN);
        } else if (request instanceof IRAuthenticateRequest initial && isAcceptable(request, session)) {
            decide(initial.getInitialClientResponse(), request, session, responder);
        } else {
            no(request, responder, HumanReadableText.UNSUPPORTED_AUTHENTICATION_MECHANISM);
        }
    }

    @Override
    protected MDCBuilder mdc(AuthenticateRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "AUTHENTICATE");
    }

    private static boolean isAcceptable(AuthenticateRequest request, ImapSession session) {
        return session.isTLSActive() && List.of(PLAIN, EXTERNAL).contains(mechanism(request));
    }

    private static String mechanism(AuthenticateRequest request) {
        return request.getAuthType().toUpperCase(Locale.ROOT);
    }

    private static Mono<String> ask(ImapSession session, Responder responder) {
        return Mono.create(answered -> {
            session.pushLineHandler((asked, line) -> {
                asked.popLineHandler();
                answered.success(new String(line, StandardCharsets.US_ASCII).trim());
            });
            responder.respond(new AuthenticateResponse());
            responder.flush();
        });
    }

    private void decide(String response, AuthenticateRequest request, ImapSession session, Responder responder) {
        Optional<byte[]> message = decode(response);
        if (CANCEL.equals(response)) {
            taggedBad(request, responder, HumanReadableText.AUTHENTICATION_FAILED);
        } else if (message.isEmpty()) {
            refuse("no base64", request, session, responder);
        } else if (mechanism(request).equals(EXTERNAL)) {
            external(message.get(), request, session, responder);
        } else {
            plain(message.get(), request, session, responder);
        }
    }

    private void plain(byte[] message, AuthenticateRequest request, ImapSession session, Responder responder) {
        Credentials.ofPlain(message)
                .ifPresentOrElse(
                        credentials -> settle(
                                () -> doorkeeper().byPassword(credentials, MemberRight.READ),
                                request,
                                session,
                                responder),
                        () -> refuse("no message of SASL PLAIN", request, session, responder));
    }

    private void external(byte[] identity, AuthenticateRequest request, ImapSession session, Responder responder) {
        Optional<MailAddress> wanted = JamesNames.parse(new String(identity, StandardCharsets.UTF_8));
        if (identity.length > 0 && wanted.isEmpty()) {
            refuse("the authorization identity is no address", request, session, responder);
            return;
        }
        settle(
                () -> doorkeeper().byCertificate(PeerCertificates.of(session.getSSLSession()), wanted),
                request,
                session,
                responder);
    }

    /** Empty where it is no base64. */
    private static Optional<byte[]> decode(String response) {
        try {
            return Optional.of(
                    EMPTY.equals(response)
                            ? new byte[0]
                            : Base64.getDecoder().decode(response.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
