package org.mssante.server.auth;

import java.util.function.Function;
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

    /** @param session begins the line with what the session knows of the peer */
    public void record(Function<Event, TraceEntry> session, LoginDecision decision) {
        if (decision instanceof LoginDecision.Granted granted) {
            Login login = granted.login();
            trace.record(login.means().in(who(session.apply(Event.AUTHENTICATED), login)));
        } else if (decision instanceof LoginDecision.Refused refused) {
            trace.record(session.apply(Event.AUTHENTICATION_REFUSED)
                    .outcome(refused.outcome())
                    .with(Field.DETAIL, refused.detail()));
        } else if (decision instanceof LoginDecision.RetryLater later) {
            trace.record(session.apply(Event.AUTHENTICATION_REFUSED)
                    .outcome(later.outcome())
                    .with(Field.DETAIL, later.detail()));
        }
    }

    /** The person always; the mailbox where it is not his own. */
    public static TraceEntry who(TraceEntry entry, Login login) {
        TraceEntry acted = entry.with(Field.ACTOR, login.person());
        return login.isForAnother() ? acted.with(Field.ON_BEHALF_OF, login.mailbox()) : acted;
    }
}
