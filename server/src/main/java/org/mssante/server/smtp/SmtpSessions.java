package org.mssante.server.smtp;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.Login;
import org.mssante.server.auth.OpenSession;
import org.mssante.server.trace.SessionFacts;

/** Who is logged in over SMTP now, on every port. Thread-safe, unlike what a session of James remembers. */
public final class SmtpSessions {
    private final Set<DoorGuard> doors = ConcurrentHashMap.newKeySet();
    private final Map<SMTPSession, Login> logins = Collections.synchronizedMap(new WeakHashMap<>());

    void opened(DoorGuard door) {
        doors.add(door);
    }

    void closed(DoorGuard door) {
        doors.remove(door);
    }

    void loggedIn(SMTPSession session, Login login) {
        logins.put(session, login);
    }

    Optional<Login> login(SMTPSession session) {
        return Optional.ofNullable(logins.get(session));
    }

    public Stream<OpenSession> stream() {
        return doors.stream().flatMap(door -> session(door).stream());
    }

    private Optional<OpenSession> session(DoorGuard door) {
        return door.session().flatMap(session -> login(session).map(login -> new Sending(door, session, login)));
    }

    private record Sending(DoorGuard door, SMTPSession session, Login login) implements OpenSession {
        @Override
        public MemberRight needs() {
            return MemberRight.SEND;
        }

        @Override
        public TraceEntry line(Event event) {
            return SessionFacts.of(session, event);
        }

        @Override
        public boolean end(Outcome why) {
            return door.end(why);
        }
    }
}
