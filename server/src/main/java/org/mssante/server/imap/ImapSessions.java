package org.mssante.server.imap;

import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.Login;
import org.mssante.server.auth.OpenSession;
import org.mssante.server.imap.wire.Connections;
import org.mssante.server.imap.wire.ImapConnection;
import org.mssante.server.trace.SessionFacts;

/** Who is logged in over IMAP now, on every port. Thread-safe. */
public final class ImapSessions {
    private final Connections connections;

    @Inject
    public ImapSessions(Connections connections) {
        this.connections = connections;
    }

    public Stream<OpenSession> stream() {
        return connections.stream().flatMap(connection -> session(connection).stream());
    }

    private static Optional<OpenSession> session(ImapConnection connection) {
        return connection
                .session()
                .filter(session -> session.getState() != ImapSessionState.LOGOUT)
                .flatMap(session -> PersonalLogin.in(session).map(login -> new Reading(connection, session, login)));
    }

    private record Reading(ImapConnection connection, ImapSession session, Login login) implements OpenSession {
        @Override
        public MemberRight needs() {
            return MemberRight.READ;
        }

        @Override
        public TraceEntry line(Event event) {
            return SessionFacts.of(session, event);
        }

        @Override
        public boolean end(Outcome why) {
            return connection.end(why.replyText());
        }
    }
}
