package org.mssante.server.imap;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.core.Username;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractAuthProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider.AuthorizationStep;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.Login;
import org.mssante.server.auth.LoginDecision;
import org.mssante.server.auth.LoginNames;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log-in command of IMAP. The session it opens is the mailbox's, its logged-in user is the person (James keeps both),
 * so that whatever is done in a shared mailbox can be laid to a person's account.
 */
abstract class PersonalLogin<R extends ImapRequest> extends AbstractAuthProcessor<R> {
    private static final Logger LOGGER = LoggerFactory.getLogger(PersonalLogin.class);

    /** Where an IMAP session keeps the log-in that opened it. */
    private static final String LOGIN = "mssante.login";

    private static final String FAILED = "[AUTHENTICATIONFAILED]";
    private static final String UNAVAILABLE = "[UNAVAILABLE]";
    static final String IN_CLEAR = "[PRIVACYREQUIRED] Log-in in clear is not taken: begin with STARTTLS.";

    private final StatusResponseFactory responses;
    private final Doorkeeper doorkeeper;
    private final FailedLogins failures;
    private final LoginTrace trace;
    private final SpecialFolders folders;

    PersonalLogin(
            Class<R> request,
            MailboxManager mailboxes,
            StatusResponseFactory responses,
            MetricFactory metrics,
            Doorkeeper doorkeeper,
            FailedLogins failures,
            LoginTrace trace,
            SpecialFolders folders) {
        super(request, mailboxes, responses, metrics);
        this.responses = responses;
        this.doorkeeper = doorkeeper;
        this.failures = failures;
        this.trace = trace;
        this.folders = folders;
    }

    /** The log-in that opened a session. */
    static Optional<Login> in(ImapSession session) {
        return session.getAttribute(LOGIN) instanceof Login login ? Optional.of(login) : Optional.empty();
    }

    final Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    /**
     * @param person whose password is tried, and {@code ask} decides: see {@link FailedLogins#judge}
     * @param names for the trace
     */
    final LoginDecision judge(
            Optional<MailAddress> person, LoginNames names, Supplier<LoginDecision> ask, ImapSession session) {
        LoginDecision decision = failures.judge(SessionFacts.peer(session), person, ask);
        trace.record(event -> SessionFacts.of(session, event), names, decision);
        return decision;
    }

    final void password(Credentials credentials, R request, ImapSession session, Responder responder) {
        settle(
                judge(
                        Optional.of(credentials.person()),
                        credentials.names(),
                        () -> doorkeeper.byPassword(credentials, MemberRight.READ),
                        session),
                request,
                session,
                responder);
    }

    final void settle(LoginDecision decision, R request, ImapSession session, Responder responder) {
        if (decision instanceof LoginDecision.Granted granted) {
            open(granted.login(), request, session, responder);
        } else if (decision instanceof LoginDecision.Refused refused) {
            manageFailureCount(session, request, responder, text(FAILED, refused.outcome()));
        } else if (decision instanceof LoginDecision.RetryLater later) {
            no(request, responder, text(UNAVAILABLE, later.outcome()));
        }
        session.stopDetectingCommandInjection();
    }

    /** What the client sent cannot be anybody's name and password. */
    final void refuse(String detail, R request, ImapSession session, Responder responder) {
        settle(
                judge(
                        Optional.empty(),
                        LoginNames.NONE,
                        () -> new LoginDecision.Refused(Outcome.AUTHENTICATION_FAILED, detail),
                        session),
                request,
                session,
                responder);
    }

    /** What the client asks for cannot be had: in clear, or by a mechanism that is not taken here. */
    final void decline(String text, R request, Responder responder) {
        no(request, responder, new HumanReadableText("org.mssante.login.declined", text));
    }

    /** A response code (RFC 5530) stands before everything else, where James would write the command's name. */
    @Override
    protected final void no(ImapRequest request, Responder responder, HumanReadableText text) {
        responder.respond(responses.taggedNo(request.getTag(), null, text));
    }

    private void open(Login login, R request, ImapSession session, Responder responder) {
        Username person = JamesNames.username(login.person());
        AuthorizationStep step = getMailboxManager().authenticate(person);
        try {
            MailboxSession opened =
                    login.isForAnother() ? step.as(JamesNames.username(login.mailbox())) : step.withoutDelegation();
            session.setAttribute(
                    SpecialFolders.Uses.ATTRIBUTE, folders.provide(login.language(), getMailboxManager(), opened));
            session.setMailboxSession(opened);
            session.setAttribute(LOGIN, login);
            session.authenticated();
            okComplete(request, responder);
        } catch (MailboxException e) {
            LOGGER.error("the mailbox of a granted log-in could not be opened: {}", FailureTrail.of(e));
            no(request, responder, text(UNAVAILABLE, Outcome.SERVER_ERROR));
        }
    }

    private static HumanReadableText text(String responseCode, Outcome outcome) {
        return new HumanReadableText("org.mssante." + outcome.name(), responseCode + " " + outcome.replyText());
    }
}
