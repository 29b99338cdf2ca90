package org.mssante.server.auth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.mailbox.Membership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the annuaire again and again about everybody who is connected, by IMAP or SMTP, and ends the connections of those who may no
 * longer read there, or send here: members taken off, mailboxes suspended or closed, log-ins that have lapsed, whose passwords were
 * withdrawn. Each mailbox is asked about once a round, however many connections there are. While the annuaire is silent
 * everybody stays.
 */
public final class RightsWatch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RightsWatch.class);

    private final Supplier<Stream<OpenSession>> sessions;
    private final Supplier<Mailboxes> round;
    private final Doorkeeper doorkeeper;
    private final Trace trace;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "rights-watch"));

    private record Use(Membership who, MemberRight right) {}

    /**
     * @param sessions of everybody who is logged in at that moment
     * @param round mailboxes that ask the annuaire anew, for one round
     */
    public RightsWatch(
            Supplier<Stream<OpenSession>> sessions, Supplier<Mailboxes> round, Doorkeeper doorkeeper, Trace trace) {
        this.sessions = sessions;
        this.round = round;
        this.doorkeeper = doorkeeper;
        this.trace = trace;
    }

    public void start(Duration interval) {
        var unused = thread.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Without an interrupt: a round may be writing to the trace. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private void look() {
        try {
            Mailboxes mailboxes = round.get();
            present().forEach((use, where) -> {
                if (use.who().may(use.right(), mailboxes) instanceof MailboxDecision.Refused no) {
                    where.forEach(session -> end(session, no.outcome(), no.detail()));
                } else {
                    where.forEach(session -> lapse(session, mailboxes)
                            .ifPresent(lapse -> end(session, lapse.outcome(), lapse.detail())));
                }
            });
        } catch (RuntimeException e) { // a round that failed must not be the last one
            LOGGER.error("the rights behind open connections could not be checked: {}", FailureTrail.of(e));
        }
    }

    private Map<Use, List<OpenSession>> present() {
        return sessions.get().collect(Collectors.groupingBy(RightsWatch::use));
    }

    private static Use use(OpenSession session) {
        return new Use(new Membership(session.login().person(), session.login().mailbox()), session.needs());
    }

    /** A status that cannot be told for the moment ends no session. */
    private Optional<Doorkeeper.Lapse> lapse(OpenSession session, Mailboxes mailboxes) {
        return doorkeeper
                .lapseOf(session.login(), mailboxes)
                .filter(lapse -> lapse.outcome().verdict() != Outcome.Verdict.RETRY_LATER);
    }

    /**
     * First the end, then its line, once: a trace that takes none must not keep anybody in, nor end the round for the others.
     */
    private void end(OpenSession session, Outcome outcome, String detail) {
        TraceEntry line = LoginTrace.who(session.line(Event.SESSION_ENDED), session.login())
                .outcome(outcome)
                .with(Field.DETAIL, detail);
        try {
            if (session.end(outcome)) {
                trace.record(line);
            }
        } catch (RuntimeException e) {
            LOGGER.error("the end of a session could not be traced: {}", FailureTrail.of(e));
        }
    }
}
