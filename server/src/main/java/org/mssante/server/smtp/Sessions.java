package org.mssante.server.smtp;

import java.util.Optional;
import java.util.function.Function;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.trust.TrustFacts;

/** What our handlers remember in a session. */
final class Sessions {
    private static final AttachmentKey<Login> LOGIN = AttachmentKey.of("mssante.login", Login.class);
    private static final AttachmentKey<TrustFacts> TRUST = AttachmentKey.of("mssante.trust", TrustFacts.class);
    private static final AttachmentKey<Integer> FAILURES = AttachmentKey.of("mssante.failures", Integer.class);

    private static final AttachmentKey<Boolean> ENDED = AttachmentKey.of("mssante.ended", Boolean.class);
    private static final AttachmentKey<Integer> COMMANDS = AttachmentKey.of("mssante.commands", Integer.class);
    private static final AttachmentKey<Integer> ERRORS = AttachmentKey.of("mssante.errors", Integer.class);

    private static final AttachmentKey<Runnable> COUNTED = AttachmentKey.of("mssante.counted", Runnable.class);

    private Sessions() {}

    static Optional<Login> login(SMTPSession session) {
        return session.getAttachment(LOGIN, State.Connection);
    }

    static void login(SMTPSession session, Login login) {
        session.setAttachment(LOGIN, login, State.Connection);
        session.setUsername(JamesNames.username(login.mailbox()));
    }

    /** The verdict on who has logged in; nobody else sends. */
    static Verdict ofLogin(SMTPSession session, Function<Login, Verdict> decide) {
        return login(session)
                .map(decide)
                .orElseGet(() -> Verdict.refuse(Outcome.AUTHENTICATION_REQUIRED, "nobody has logged in"));
    }

    /** What the trust space's yes to MAIL FROM rests on. */
    static Optional<TrustFacts> trust(SMTPSession session) {
        return session.getAttachment(TRUST, State.Transaction);
    }

    static void trust(SMTPSession session, TrustFacts facts) {
        session.setAttachment(TRUST, facts, State.Transaction);
    }

    /** @param giveBack undoes what the message was counted for, should it not be accepted */
    static void counted(SMTPSession session, Runnable giveBack) {
        session.setAttachment(COUNTED, giveBack, State.Transaction);
    }

    /** The message is not accepted, and counts for nothing. */
    static void uncount(SMTPSession session) {
        session.removeAttachment(COUNTED, State.Transaction).ifPresent(Runnable::run);
    }

    /** Counts one more failed log-in of this connection. */
    static int countFailure(SMTPSession session) {
        return count(session, FAILURES);
    }

    /** The last reply has been given: what the peer sent ahead is not looked at any more. */
    static void end(SMTPSession session) {
        session.setAttachment(ENDED, true, State.Connection);
    }

    static boolean hasEnded(SMTPSession session) {
        return session.getAttachment(ENDED, State.Connection).orElse(false);
    }

    /** Counts one more command of this connection. */
    static int countCommand(SMTPSession session) {
        return count(session, COMMANDS);
    }

    /** Counts one more command of this connection that was refused. */
    static int countError(SMTPSession session) {
        return count(session, ERRORS);
    }

    private static int count(SMTPSession session, AttachmentKey<Integer> what) {
        int count = session.getAttachment(what, State.Connection).orElse(0) + 1;
        session.setAttachment(what, count, State.Connection);
        return count;
    }
}
