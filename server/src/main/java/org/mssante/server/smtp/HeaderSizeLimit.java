package org.mssante.server.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.mssante.core.outcome.Outcome;

/**
 * Refuses a message whose header, the blank line behind it included, is longer than the limit: every room that touches a
 * message holds its header in memory. The reply waits for the end of the data (RFC 5321 §4.2.5).
 */
public final class HeaderSizeLimit implements DataLineFilter, MessageHook {
    private static final AttachmentKey<Long> OCTETS = AttachmentKey.of("mssante.header.octets", Long.class);
    private static final AttachmentKey<Boolean> ENDED = AttachmentKey.of("mssante.header.ended", Boolean.class);

    private final long limit;
    private final Replies replies;

    @Inject
    public HeaderSizeLimit(SmtpLimits limits, Replies replies) {
        this.limit = limits.headerBytes();
        this.replies = replies;
    }

    /** Past the limit nothing more is kept. */
    @Override
    public Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        if (hasEnded(session) || MessageSizeLimit.isEndOfData(line)) {
            return next.onLine(session, line);
        }
        long octets = octets(session) + line.length;
        session.setAttachment(OCTETS, octets, State.Transaction);
        if (octets > limit) {
            return null;
        }
        session.setAttachment(ENDED, isBlank(line), State.Transaction);
        return next.onLine(session, line);
    }

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        return replies.answer(
                session,
                Asked.data(mail),
                () -> octets(session) > limit
                        ? Verdict.refuse(Outcome.HEADER_TOO_LARGE, "a header of more than " + limit + " octets")
                        : new Verdict.Pass());
    }

    private static long octets(SMTPSession session) {
        return session.getAttachment(OCTETS, State.Transaction).orElse(0L);
    }

    private static boolean hasEnded(SMTPSession session) {
        return session.getAttachment(ENDED, State.Transaction).orElse(false);
    }

    private static boolean isBlank(byte[] line) {
        return line.length == 2 && line[0] == '\r' && line[1] == '\n';
    }
}
