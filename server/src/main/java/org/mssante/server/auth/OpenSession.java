package org.mssante.server.auth;

import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

/** A connection on which somebody has logged in, whatever he speaks there. Thread-safe. */
public interface OpenSession {
    Login login();

    /** What a member must be allowed to do for the session to go on. */
    MemberRight needs();

    /** Begins a line of the trace with what the session knows of the peer. */
    TraceEntry line(Event event);

    /**
     * Tells the client why, and closes the connection whether it reads that or not.
     *
     * @return false where it was ending already
     */
    boolean end(Outcome why);
}
