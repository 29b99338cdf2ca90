package org.mssante.server.smtp;

import java.util.Set;
import javax.inject.Inject;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.outcome.Outcome;

/** Lets nothing but the way to TLS through before TLS (RFC 3207 §4; mssante.md §4.2). */
public final class TlsFirstDispatcher extends CommandDispatcher<SMTPSession> {
    private static final Set<String> BEFORE_TLS = Set.of("EHLO", "HELO", "NOOP", "QUIT", "RSET", "STARTTLS");
    private static final int LONGEST_COMMAND = 20;

    private final Replies replies;

    @Inject
    public TlsFirstDispatcher(Replies replies) {
        super(BEFORE_TLS);
        this.replies = replies;
    }

    @Override
    protected Response dispatchCommandHandlers(SMTPSession session, Request request) {
        String command = request.getCommand();
        if (session.isTLSStarted() || BEFORE_TLS.contains(command)) {
            return super.dispatchCommandHandlers(session, request);
        }
        String shown = command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) : command;
        return replies.refuse(session, shown, Outcome.TLS_REQUIRED, "the connection is in clear");
    }
}
