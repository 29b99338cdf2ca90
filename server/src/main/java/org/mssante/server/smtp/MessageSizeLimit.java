package org.mssante.server.smtp;

import java.math.BigInteger;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.sending.SendingLimits;

/**
 * The SIZE extension (RFC 1870): refuses what announces itself as too large, and what turns out to be. Who has logged in may
 * have less room than the port, by the type of the mailbox.
 */
public final class MessageSizeLimit implements EhloExtension, MailParametersHook, DataLineFilter, MessageHook {
    private static final AttachmentKey<Long> RECEIVED = AttachmentKey.of("mssante.octets", Long.class);

    private final long ofThePort;
    private final SendingLimits sending;
    private final Replies replies;

    @Inject
    public MessageSizeLimit(SmtpLimits limits, SendingLimits sending, Replies replies) {
        this.ofThePort = limits.messageBytes();
        this.sending = sending;
        this.replies = replies;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("SIZE " + limit(session));
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"SIZE"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return replies.answer(
                session,
                Asked.of("MAIL SIZE"),
                () -> isTooLarge(value, limit(session))
                        ? Verdict.refuse(Outcome.MESSAGE_TOO_LARGE, "announced, more than " + limit(session))
                        : new Verdict.Pass());
    }

    /** Past the limit nothing more is kept; the reply waits for the end of the data (RFC 5321 §4.2.5). */
    @Override
    public Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        long received = session.getAttachment(RECEIVED, State.Transaction).orElse(0L) + line.length;
        session.setAttachment(RECEIVED, received, State.Transaction);
        return received <= limit(session) || isEndOfData(line) ? next.onLine(session, line) : null;
    }

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        long received = session.getAttachment(RECEIVED, State.Transaction).orElse(0L);
        return replies.answer(
                session,
                Asked.data(mail),
                () -> received > limit(session)
                        ? Verdict.refuse(Outcome.MESSAGE_TOO_LARGE, received + " octets, more than " + limit(session))
                        : new Verdict.Pass());
    }

    private long limit(SMTPSession session) {
        return Sessions.login(session)
                .map(login -> Math.min(ofThePort, sending.of(login.type()).messageBytes()))
                .orElse(ofThePort);
    }

    /** A value that is no number announces nothing; the data is measured all the same. */
    private static boolean isTooLarge(String value, long limit) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return new BigInteger(value).compareTo(BigInteger.valueOf(limit)) > 0;
    }

    static boolean isEndOfData(byte[] line) {
        return line.length == 3 && line[0] == '.';
    }
}
