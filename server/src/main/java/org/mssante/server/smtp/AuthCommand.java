package org.mssante.server.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.LoginDecision;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.mailbox.JamesNames;

/**
 * AUTH (RFC 4954) with PLAIN, LOGIN and EXTERNAL, in place of James' handler, which lets a clear connection in, drops
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

    @Inject
    public AuthCommand(Doorkeeper doorkeeper, AuthReplies replies) {
        this.doorkeeper = doorkeeper;
        this.replies = replies;
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
        boolean presentedCertificate =
                !PeerCertificates.of(session.getSSLSession()).isEmpty();
        return List.of(presentedCertificate ? "AUTH PLAIN LOGIN EXTERNAL" : "AUTH PLAIN LOGIN");
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
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> exchange(session, initial, "", response -> plain(session, response));
            case "LOGIN" -> exchange(session, initial, "Username:", response -> userName(session, response));
            case "EXTERNAL" -> exchange(session, initial, "", response -> external(session, response));
            default -> UNKNOWN_MECHANISM;
        };
    }

    private Response plain(SMTPSession session, byte[] message) {
        return Credentials.ofPlain(message)
                .map(credentials -> decide(session, () -> doorkeeper.byPassword(credentials, MemberRight.SEND)))
                .orElseGet(() -> replies.malformed(session));
    }

    private Response userName(SMTPSession session, byte[] name) {
        return exchange(
                session,
                Optional.empty(),
                "Password:",
                password -> Credentials.of(
                                new String(name, StandardCharsets.UTF_8), new String(password, StandardCharsets.UTF_8))
                        .map(credentials -> decide(session, () -> doorkeeper.byPassword(credentials, MemberRight.SEND)))
                        .orElseGet(() -> replies.malformed(session)));
    }

    private Response external(SMTPSession session, byte[] identity) {
        Optional<MailAddress> wanted = JamesNames.parse(new String(identity, StandardCharsets.UTF_8));
        if (identity.length > 0 && wanted.isEmpty()) {
            return replies.malformed(session);
        }
        return decide(session, () -> doorkeeper.byCertificate(PeerCertificates.of(session.getSSLSession()), wanted));
    }

    private Response decide(SMTPSession session, Supplier<LoginDecision> ask) {
        LoginDecision decision = replies.judge(session, ask);
        if (decision instanceof LoginDecision.Granted granted) {
            Sessions.login(session, granted.login());
        }
        return replies.to(session, decision);
    }

    /** Takes the response that came along, or asks for it. */
    private Response exchange(
            SMTPSession session, Optional<String> initial, String challenge, Function<byte[], Response> answer) {
        if (initial.isPresent()) {
            return decoded(session, initial.get(), answer);
        }
        session.pushLineHandler((LineHandler<SMTPSession>) (asked, line) -> {
            asked.popLineHandler();
            String text = new String(line, StandardCharsets.US_ASCII).trim();
            return "*".equals(text) ? CANCELLED : decoded(asked, text, answer);
        });
        return new SMTPResponse(
                CONTINUE, Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.US_ASCII)));
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
