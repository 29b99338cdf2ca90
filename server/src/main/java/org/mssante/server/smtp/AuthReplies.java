package org.mssante.server.smtp;

import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.LoginDecision;
import org.mssante.server.auth.LoginNames;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What AUTH answers; after too many failures it ends the connection. */
final class AuthReplies {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuthReplies.class);

    private static final String REFUSED = "535 5.7.8";
    private static final String LATER = "454 4.7.0";

    private final int failuresAllowed;
    private final FailedLogins failures;
    private final LoginTrace trace;

    @Inject
    AuthReplies(SmtpLimits limits, FailedLogins failures, LoginTrace trace) {
        this.failures = failures;
        this.failuresAllowed = limits.authenticationFailures();
        this.trace = trace;
    }

    /** @param ask decides (see {@link FailedLogins#judge}) */
    LoginDecision judge(SMTPSession session, Optional<MailAddress> person, Supplier<LoginDecision> ask) {
        return failures.judge(session.getRemoteAddress().getAddress(), person, ask);
    }

    Response to(SMTPSession session, LoginNames names, LoginDecision decision) {
        trace.record(event -> SessionFacts.of(session, event), names, decision);
        if (decision instanceof LoginDecision.Refused refused) {
            SMTPResponse response = reply(REFUSED, refused.outcome());
            response.setEndSession(Sessions.countFailure(session) >= failuresAllowed);
            return response;
        }
        if (decision instanceof LoginDecision.RetryLater later) {
            return reply(LATER, later.outcome());
        }
        return new SMTPResponse("235", "2.7.0 Welcome.");
    }

    /** What came is no message of the mechanism. */
    Response malformed(SMTPSession session) {
        trace.record(
                event -> SessionFacts.of(session, event),
                LoginNames.NONE,
                new LoginDecision.Refused(Outcome.LOGIN_MALFORMED, "the response is malformed"));
        return response(Outcome.LOGIN_MALFORMED);
    }

    /** As {@link Replies#answer}: nothing may end in an exception. */
    Response guarded(SMTPSession session, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            LOGGER.error("a log-in in session {} could not be decided: {}", session.getSessionID(), FailureTrail.of(e));
            return response(Outcome.SERVER_ERROR);
        }
    }

    /** Of a log-in, whatever the code of the outcome elsewhere (RFC 4954 §6). */
    private static SMTPResponse reply(String status, Outcome outcome) {
        String[] codes = status.split(" ", 2);
        return new SMTPResponse(codes[0], codes[1] + " " + outcome.replyText());
    }

    private static SMTPResponse response(Outcome outcome) {
        return new SMTPResponse(
                String.valueOf(outcome.smtpReply().orElseThrow()),
                outcome.enhancedStatus().orElseThrow() + " " + outcome.replyText());
    }
}
