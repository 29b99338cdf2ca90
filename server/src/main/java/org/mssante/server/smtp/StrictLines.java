package org.mssante.server.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.mssante.core.outcome.Outcome;

/**
 * A line ends in CR LF and holds neither elsewhere (RFC 5321 §2.3.8). The frames of James end at a bare LF, too: two
 * servers that disagree about the end of a line disagree about the end of a message, and a second one is smuggled in. So
 * the connection ends, and nothing that came after the bare character is looked at.
 */
public final class StrictLines implements DataLineFilter {
    private final Replies replies;

    @Inject
    public StrictLines(Replies replies) {
        this.replies = replies;
    }

    @Override
    public Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        if (Sessions.hasEnded(session)) {
            return null;
        }
        return isStrict(line) ? next.onLine(session, line) : end(session, replies, "DATA");
    }

    static Response end(SMTPSession session, Replies replies, String command) {
        Sessions.end(session);
        return replies.farewell(session, command, Outcome.BARE_LINE_END, "a bare CR or LF");
    }

    static boolean isStrict(byte[] line) {
        int last = line.length - 1;
        if (last < 1 || line[last] != '\n' || line[last - 1] != '\r') {
            return false;
        }
        for (int i = 0; i < last - 1; i++) {
            if (line[i] == '\r' || line[i] == '\n') {
                return false;
            }
        }
        return true;
    }
}
