package org.mssante.server.smtp;

import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns verdicts into replies and traces every refusal. Thread-safe. */
final class Replies {
    private static final Logger LOGGER = LoggerFactory.getLogger(Replies.class);

    private static final String SESSION_ENDS = "421 4.7.0";

    private final Trace trace;

    @Inject
    Replies(Trace trace) {
        this.trace = trace;
    }

    /**
     * The one way for a hook to answer. Nothing it does may end in an exception, which in James 3.8.1 costs the
     * connection and leaks a buffer (james.md §5.3): whatever goes wrong becomes a temporary refusal.
     *
     * @param asked what the peer asked for
     */
    HookResult answer(SMTPSession session, Asked asked, Supplier<Verdict> decide) {
        try {
            Verdict verdict = decide.get();
            return verdict instanceof Verdict.Refuse refuse ? refuse(session, asked, refuse) : HookResult.DECLINED;
        } catch (RuntimeException e) {
            tell(session, asked, e);
            return hookResult(Outcome.SERVER_ERROR);
        }
    }

    /** The defect may be that of the trace, which then takes no line about it. */
    private void tell(SMTPSession session, Asked asked, RuntimeException defect) {
        try {
            record(
                    session,
                    asked,
                    new Verdict.Refuse(Outcome.SERVER_ERROR, FailureTrail.classes(defect), Optional.empty()));
        } catch (RuntimeException e) {
            defect.addSuppressed(e);
        }
        LOGGER.error("an answer in session {} could not be found: {}", session.getSessionID(), FailureTrail.of(defect));
    }

    /** A reply outside the hooks. */
    SMTPResponse refuse(SMTPSession session, Asked asked, Outcome outcome, String detail) {
        record(session, asked, new Verdict.Refuse(outcome, detail, Optional.empty()));
        return new SMTPResponse(code(outcome), text(outcome));
    }

    /** The last reply of a connection. */
    SMTPResponse farewell(SMTPSession session, String command, Outcome outcome, String detail) {
        SMTPResponse response = refuse(session, Asked.of(command), outcome, detail);
        response.setEndSession(true);
        return response;
    }

    static HookResult hookResult(Outcome outcome) {
        return HookResult.builder()
                .hookReturnCode(
                        outcome.verdict() == Outcome.Verdict.RETRY_LATER
                                ? HookReturnCode.denySoft()
                                : HookReturnCode.deny())
                .smtpReturnCode(code(outcome))
                .smtpDescription(text(outcome))
                .build();
    }

    private HookResult refuse(SMTPSession session, Asked asked, Verdict.Refuse refuse) {
        record(session, asked, refuse);
        return hookResult(refuse.outcome());
    }

    private void record(SMTPSession session, Asked asked, Verdict.Refuse refuse) {
        TraceEntry line = refuse.addTo(asked.facts().apply(SessionFacts.of(session, Event.COMMAND_REFUSED)))
                .with(Field.RULE, asked.words())
                .with(Field.REPLY, code(refuse.outcome()) + " " + text(refuse.outcome()));
        trace.record(Sessions.login(session)
                .map(login -> LoginTrace.who(line, login))
                .orElse(line));
    }

    /** A reply as it goes over the wire, for what is below SMTP. */
    static String line(Outcome outcome) {
        return code(outcome) + " " + text(outcome);
    }

    /** The last line of a session whose log-in counts no longer, whatever the same outcome is to a command (RFC 5321 §3.8). */
    static String farewell(Outcome outcome) {
        return SESSION_ENDS + " " + outcome.replyText();
    }

    private static String code(Outcome outcome) {
        return String.valueOf(outcome.smtpReply().orElseThrow());
    }

    private static String text(Outcome outcome) {
        return outcome.enhancedStatus().orElseThrow() + " " + outcome.replyText();
    }
}
