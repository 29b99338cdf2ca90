package org.mssante.server.smtp;

import java.util.Set;
import javax.inject.Inject;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.outcome.Outcome;

/**
 * Lets nothing but the way to TLS through before TLS (RFC 3207 §4; mssante.md §4.2), no line that two servers read
 * differently, and no more commands and errors than a connection may have.
 */
public final class TlsFirstDispatcher extends CommandDispatcher<SMTPSession> {
    private static final Set<String> BEFORE_TLS = Set.of("EHLO", "NOOP", "QUIT", "STARTTLS");
    private static final Set<String> NEEDED = Set.of("EHLO", "HELO", "NOOP", "QUIT", "RSET", "STARTTLS");
    private static final int LONGEST_COMMAND = 20;
    private static final char FIRST_ERROR = '4';

    private final SmtpLimits limits;
    private final Replies replies;

    @Inject
    public TlsFirstDispatcher(SmtpLimits limits, Replies replies) {
        super(NEEDED);
        this.limits = limits;
        this.replies = replies;
    }

    @Override
    public Response onLine(SMTPSession session, byte[] line) {
        if (Sessions.hasEnded(session)) {
            return null;
        }
        if (!StrictLines.isStrict(line)) {
            return StrictLines.end(session, replies, "a command");
        }
        Response response = super.onLine(session, line);
        return isTooMuch(session, response) ? end(session) : response;
    }

    @Override
    protected Response dispatchCommandHandlers(SMTPSession session, Request request) {
        String command = request.getCommand();
        if (session.isTLSStarted() || BEFORE_TLS.contains(command)) {
            return super.dispatchCommandHandlers(session, request);
        }
        String shown = command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) : command;
        return replies.refuse(session, Asked.of(shown), Outcome.TLS_REQUIRED, "the connection is in clear");
    }

    private boolean isTooMuch(SMTPSession session, Response response) {
        boolean error = response != null && response.getRetCode().charAt(0) >= FIRST_ERROR;
        return (error && Sessions.countError(session) >= limits.errors())
                || Sessions.countCommand(session) > limits.commands();
    }

    private Response end(SMTPSession session) {
        Sessions.end(session);
        return replies.farewell(session, "the connection", Outcome.SESSION_TOO_LONG, "its errors or commands");
    }
}
