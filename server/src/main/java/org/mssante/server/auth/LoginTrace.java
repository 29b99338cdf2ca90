package org.mssante.server.auth;

import java.util.function.Function;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** Every log-in as a line of the trace: who, for which mailbox, by what means, or why not (SC.MSS/CONF.18, mssante.md §9.1). */
public final class LoginTrace {
    private final Trace trace;

    public LoginTrace(Trace trace) {
        this.trace = trace;
    }

    /**
     * @param session begins the line with what the session knows of the peer
     * @param names by which a refused log-in is found again
     */
    public void record(Function<Event, TraceEntry> session, LoginNames names, LoginDecision decision) {
        if (decision instanceof LoginDecision.Granted granted) {
            Login login = granted.login();
            trace.record(login.means().in(who(session.apply(Event.AUTHENTICATED), login)));
        } else if (decision instanceof LoginDecision.Refused refused) {
            trace.record(refusal(session, names, refused.outcome(), refused.detail()));
        } else if (decision instanceof LoginDecision.RetryLater later) {
            trace.record(refusal(session, names, later.outcome(), later.detail()));
        }
    }

    private static TraceEntry refusal(
            Function<Event, TraceEntry> session, LoginNames names, Outcome outcome, String detail) {
        return session.apply(Event.AUTHENTICATION_REFUSED)
                .outcome(outcome)
                .with(Field.ACTOR, names.person())
                .with(Field.ON_BEHALF_OF, names.mailbox())
                .with(Field.DETAIL, detail);
    }

    /** The person always; the mailbox where it is not his own. */
    public static TraceEntry who(TraceEntry entry, Login login) {
        TraceEntry acted = entry.with(Field.ACTOR, login.person());
        return login.isForAnother() ? acted.with(Field.ON_BEHALF_OF, login.mailbox()) : acted;
    }
}
