package org.mssante.server.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.inject.Inject;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.server.auth.BearerCredentials;
import org.mssante.server.auth.BearerMechanism;
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.LoginDecision;
import org.mssante.server.auth.LoginNames;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;

/**
 * AUTH (RFC 4954) with PLAIN, LOGIN, XOAUTH2, OAUTHBEARER and EXTERNAL, in place of James' handler, which lets a clear connection in, drops
 * the authorization identity and knows no certificate (james.md §3.1). Reached under TLS only ({@link
 * TlsFirstDispatcher}).
 */
public final class AuthCommand implements CommandHandler<SMTPSession>, EhloExtension, MailParametersHook {
    private static final Response CANCELLED = new SMTPResponse("501", "5.0.0 The log-in was cancelled.").immutable();
    private static final Response UNKNOWN_MECHANISM =
            new SMTPResponse("504", "5.5.4 The mechanism is not known.").immutable();
    private static final Response OUT_OF_ORDER =
            new SMTPResponse("503", "5.5.1 AUTH comes once, and not inside a transaction.").immutable();
    private static final String CONTINUE = "334";
    /** An empty response, RFC 4954 §4. */
    private static final String EMPTY = "=";

    private final Doorkeeper doorkeeper;
    private final AuthReplies replies;
    private final SmtpSessions sessions;

    @Inject
    public AuthCommand(Doorkeeper doorkeeper, AuthReplies replies, SmtpSessions sessions) {
        this.doorkeeper = doorkeeper;
        this.replies = replies;
        this.sessions = sessions;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("AUTH");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        if (!session.isTLSStarted()) {
            return List.of();
        }
        StringJoiner mechanisms = new StringJoiner(" ", "AUTH ", "").setEmptyValue("");
        if (doorkeeper.takesPasswords()) {
            mechanisms.add("PLAIN").add("LOGIN");
        }
        if (doorkeeper.takesTokens()) {
            for (BearerMechanism mechanism : BearerMechanism.values()) {
                mechanisms.add(mechanism.name());
            }
        }
        if (!PeerCertificates.of(session.getSSLSession()).isEmpty()) {
            mechanisms.add("EXTERNAL");
        }
        return mechanisms.length() == 0 ? List.of() : List.of(mechanisms.toString());
    }

    /** {@code MAIL FROM:<…> AUTH=…} (RFC 4954 §5) is taken and says nothing here. */
    @Override
    public String[] getMailParamNames() {
        return new String[] {"AUTH"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return HookResult.DECLINED;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (Sessions.login(session).isPresent() || isInTransaction(session)) {
            return OUT_OF_ORDER;
        }
        String[] words =
                Optional.ofNullable(request.getArgument()).orElse("").trim().split(" +", 2);
        Optional<String> initial = words.length > 1 ? Optional.of(words[1].trim()) : Optional.empty();
        Optional<BearerMechanism> bearer = BearerMechanism.named(words[0]).filter(named -> doorkeeper.takesTokens());
        if (bearer.isPresent()) {
            return exchange(session, initial, "", response -> token(session, bearer.get(), response));
        }
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> exchange(session, initial, "", response -> plain(session, response));
            case "LOGIN" -> exchange(session, initial, "Username:", response -> userName(session, response));
            case "EXTERNAL" -> exchange(session, initial, "", response -> external(session, response));
            default -> UNKNOWN_MECHANISM;
        };
    }

    private Response plain(SMTPSession session, byte[] message) {
        return Credentials.ofPlain(message)
                .map(credentials -> password(session, credentials))
                .orElseGet(() -> replies.malformed(session));
    }

    private Response userName(SMTPSession session, byte[] name) {
        return exchange(
                session,
                Optional.empty(),
                "Password:",
                password -> Credentials.of(
                                new String(name, StandardCharsets.UTF_8), new String(password, StandardCharsets.UTF_8))
                        .map(credentials -> password(session, credentials))
                        .orElseGet(() -> replies.malformed(session)));
    }

    /** A refused token is told in the mechanism's own form first; whatever the client says to that, the reply follows. */
    private Response token(SMTPSession session, BearerMechanism mechanism, byte[] message) {
        Optional<BearerCredentials> credentials = mechanism.read(message);
        if (credentials.isEmpty()) {
            return replies.malformed(session);
        }
        LoginDecision decision =
                replies.judge(session, Optional.empty(), () -> doorkeeper.byToken(credentials.get(), MemberRight.SEND));
        Response reply = settle(session, credentials.get().names(), decision);
        return decision instanceof LoginDecision.Refused
                ? ask(session, mechanism.refusal(), (asked, line) -> reply)
                : reply;
    }

    private Response external(SMTPSession session, byte[] identity) {
        Optional<MailAddress> wanted = JamesNames.parse(new String(identity, StandardCharsets.UTF_8));
        if (identity.length > 0 && wanted.isEmpty()) {
            return replies.malformed(session);
        }
        return settle(
                session,
                new LoginNames(Optional.empty(), wanted),
                replies.judge(
                        session,
                        Optional.empty(),
                        () -> doorkeeper.byCertificate(PeerCertificates.of(session.getSSLSession()), wanted)));
    }

    private Response password(SMTPSession session, Credentials credentials) {
        return settle(
                session,
                credentials.names(),
                replies.judge(
                        session,
                        Optional.of(credentials.person()),
                        () -> doorkeeper.byPassword(credentials, MemberRight.SEND)));
    }

    private Response settle(SMTPSession session, LoginNames names, LoginDecision decision) {
        // traced before anything is opened
        Response reply = replies.to(session, names, decision);
        if (decision instanceof LoginDecision.Granted granted) {
            Sessions.login(session, granted.login());
            sessions.loggedIn(session, granted.login());
        }
        return reply;
    }

    /** Takes the response that came along, or asks for it. */
    private Response exchange(
            SMTPSession session, Optional<String> initial, String challenge, Function<byte[], Response> answer) {
        if (initial.isPresent()) {
            return decoded(session, initial.get(), answer);
        }
        return ask(
                session,
                challenge.getBytes(StandardCharsets.US_ASCII),
                (asked, text) -> "*".equals(text) ? CANCELLED : decoded(asked, text, answer));
    }

    private static Response ask(
            SMTPSession session, byte[] challenge, BiFunction<SMTPSession, String, Response> answer) {
        session.pushLineHandler((LineHandler<SMTPSession>) (asked, line) -> {
            asked.popLineHandler();
            return answer.apply(asked, new String(line, StandardCharsets.US_ASCII).trim());
        });
        return new SMTPResponse(CONTINUE, Base64.getEncoder().encodeToString(challenge));
    }

    private Response decoded(SMTPSession session, String text, Function<byte[], Response> answer) {
        byte[] message;
        try {
            message = EMPTY.equals(text)
                    ? new byte[0]
                    : Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return replies.malformed(session);
        }
        return replies.guarded(session, () -> answer.apply(message));
    }

    private static boolean isInTransaction(SMTPSession session) {
        return session.getAttachment(
                        SMTPSession.SENDER, org.apache.james.protocols.api.ProtocolSession.State.Transaction)
                .isPresent();
    }
}
