package org.mssante.server.imap;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.james.imap.message.response.ContinuationResponse;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.server.auth.BearerCredentials;
import org.mssante.server.auth.BearerMechanism;
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.LoginDecision;
import org.mssante.server.auth.LoginNames;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959) with PLAIN, XOAUTH2, OAUTHBEARER and EXTERNAL, under TLS only. */
public final class AuthenticateCommand extends PersonalLogin<AuthenticateRequest>
        implements CapabilityImplementingProcessor {
    private static final String PLAIN = "PLAIN";
    private static final String EXTERNAL = "EXTERNAL";
    private static final String NO_MECHANISM = "[CANNOT] That mechanism is not taken here.";
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
        mechanisms(session).forEach(mechanism -> capabilities.add(Capability.of("AUTH=" + mechanism)));
        return List.copyOf(capabilities);
    }

    /** Asks for the response first where it did not come along; it is judged away from the connection's thread. */
    @Override
    protected Mono<Void> processRequestReactive(AuthenticateRequest request, ImapSession session, Responder responder) {
        String mechanism = request.getAuthType().toUpperCase(Locale.ROOT);
        if (!mechanisms(session).contains(mechanism)) {
            return super.processRequestReactive(request, session, responder);
        }
        Mono<String> response = request instanceof IRAuthenticateRequest initial
                ? Mono.just(initial.getInitialClientResponse())
                : ask(session, responder, new byte[0]);
        return response.publishOn(Schedulers.boundedElastic())
                .flatMap(text -> decide(mechanism, text, request, session, responder));
    }

    /** What has no mechanism of ours, or comes in clear. */
    @Override
    protected void processRequest(AuthenticateRequest request, ImapSession session, Responder responder) {
        decline(session.isTLSActive() ? NO_MECHANISM : IN_CLEAR, request, responder);
    }

    @Override
    protected MDCBuilder mdc(AuthenticateRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "AUTHENTICATE");
    }

    private List<String> mechanisms(ImapSession session) {
        List<String> mechanisms = new ArrayList<>();
        if (session.isTLSActive() && doorkeeper().takesPasswords()) {
            mechanisms.add(PLAIN);
        }
        if (session.isTLSActive() && doorkeeper().takesTokens()) {
            Arrays.stream(BearerMechanism.values()).map(BearerMechanism::name).forEach(mechanisms::add);
        }
        if (!PeerCertificates.of(session.getSSLSession()).isEmpty()) {
            mechanisms.add(EXTERNAL);
        }
        return mechanisms;
    }

    private static Mono<String> ask(ImapSession session, Responder responder, byte[] challenge) {
        return Mono.create(answered -> {
            session.pushLineHandler((asked, line) -> {
                asked.popLineHandler();
                answered.success(new String(line, StandardCharsets.US_ASCII).trim());
            });
            responder.respond(new ContinuationResponse(new HumanReadableText(
                    "org.mssante.challenge", Base64.getEncoder().encodeToString(challenge))));
            responder.flush();
        });
    }

    private Mono<Void> decide(
            String mechanism, String response, AuthenticateRequest request, ImapSession session, Responder responder) {
        Optional<byte[]> message = decode(response);
        Optional<BearerMechanism> bearer = BearerMechanism.named(mechanism);
        if (bearer.isPresent() && message.isPresent()) {
            return token(bearer.get(), message.get(), request, session, responder);
        }
        return Mono.fromRunnable(() -> {
            if (CANCEL.equals(response)) {
                taggedBad(request, responder, HumanReadableText.AUTHENTICATION_FAILED);
            } else if (message.isEmpty()) {
                refuse("no base64", request, session, responder);
            } else if (mechanism.equals(EXTERNAL)) {
                external(message.get(), request, session, responder);
            } else {
                plain(message.get(), request, session, responder);
            }
        });
    }

    /** A refused token is told in the mechanism's own form first; whatever the client says to that, the last word follows. */
    private Mono<Void> token(
            BearerMechanism mechanism,
            byte[] message,
            AuthenticateRequest request,
            ImapSession session,
            Responder responder) {
        Optional<BearerCredentials> credentials = mechanism.read(message);
        if (credentials.isEmpty()) {
            return Mono.fromRunnable(() -> refuse("no message of " + mechanism, request, session, responder));
        }
        LoginDecision decision = judge(
                Optional.empty(),
                credentials.get().names(),
                () -> doorkeeper().byToken(credentials.get(), MemberRight.READ),
                session);
        Mono<Void> lastWord = Mono.fromRunnable(() -> settle(decision, request, session, responder));
        return decision instanceof LoginDecision.Refused
                ? ask(session, responder, mechanism.refusal())
                        .publishOn(Schedulers.boundedElastic())
                        .then(lastWord)
                : lastWord;
    }

    private void plain(byte[] message, AuthenticateRequest request, ImapSession session, Responder responder) {
        Credentials.ofPlain(message)
                .ifPresentOrElse(
                        credentials -> password(credentials, request, session, responder),
                        () -> refuse("no message of SASL PLAIN", request, session, responder));
    }

    private void external(byte[] identity, AuthenticateRequest request, ImapSession session, Responder responder) {
        Optional<MailAddress> wanted = JamesNames.parse(new String(identity, StandardCharsets.UTF_8));
        if (identity.length > 0 && wanted.isEmpty()) {
            refuse("the authorization identity is no address", request, session, responder);
            return;
        }
        List<X509Certificate> chain = PeerCertificates.of(session.getSSLSession());
        settle(
                judge(
                        Optional.empty(),
                        new LoginNames(Optional.empty(), wanted),
                        () -> doorkeeper().byCertificate(chain, wanted),
                        session),
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
