package org.mssante.server.smtp;

import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.mssante.core.outcome.Outcome;

/** Bounds the recipients of one message; the client sends the rest in another transaction (RFC 5321 §4.5.3.1.10). */
public final class RecipientLimitHook implements RcptHook {
    private final int limit;
    private final Replies replies;

    @Inject
    public RecipientLimitHook(SmtpLimits limits, Replies replies) {
        this.limit = limits.recipients();
        this.replies = replies;
    }

    @Override
    public Set<String> supportedParameters() {
        return Set.of();
    }

    @Override
    public HookResult doRcpt(
            SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
        return replies.answer(
                session,
                Asked.rcptTo(sender, recipient),
                () -> session.getRcptCount() >= limit
                        ? Verdict.refuse(Outcome.RECIPIENTS_TOO_MANY, "more than " + limit)
                        : new Verdict.Pass());
    }
}
