package org.mssante.server.imap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.Login;
import org.mssante.server.imap.wire.Connections;
import org.mssante.server.imap.wire.ImapConnection;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.mailbox.Membership;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the annuaire again and again about everybody who is connected, and ends the connections of those who may no longer
 * read: members taken off, mailboxes suspended or closed, log-ins that have lapsed, whose passwords were withdrawn. Each mailbox is asked about once a round,
 * however many connections there are. While the annuaire is silent everybody stays.
 */
public final class RightsWatch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RightsWatch.class);

    private final Connections connections;
    private final Supplier<Mailboxes> round;
    private final Doorkeeper doorkeeper;
    private final Trace trace;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "imap-rights-watch"));

    /** @param round mailboxes that ask the annuaire anew, for one round */
    public RightsWatch(Connections connections, Supplier<Mailboxes> round, Doorkeeper doorkeeper, Trace trace) {
        this.connections = connections;
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
            present().forEach((who, where) -> {
                if (who.may(MemberRight.READ, mailboxes) instanceof MailboxDecision.Refused no) {
                    where.forEach(connection -> end(connection, who, no.outcome(), no.detail()));
                } else {
                    where.forEach(connection -> lapse(connection, mailboxes)
                            .ifPresent(lapse -> end(connection, who, lapse.outcome(), lapse.detail())));
                }
            });
        } catch (RuntimeException e) { // a round that failed must not be the last one
            LOGGER.error("the rights behind open connections could not be checked: {}", FailureTrail.of(e));
        }
    }

    /** A connection may end while it is looked at: who it is is asked once. */
    private Map<Membership, List<ImapConnection>> present() {
        return connections.stream()
                .flatMap(connection -> who(connection).map(who -> Map.entry(who, connection)).stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static Optional<Membership> who(ImapConnection connection) {
        return connection.login().flatMap(Membership::of);
    }

    /** A status that cannot be told for the moment ends no session. */
    private Optional<Doorkeeper.Lapse> lapse(ImapConnection connection, Mailboxes mailboxes) {
        return connection
                .session()
                .map(session -> session.getAttribute(PersonalLogin.LOGIN))
                .filter(Login.class::isInstance)
                .flatMap(login -> doorkeeper.lapseOf((Login) login, mailboxes))
                .filter(lapse -> lapse.outcome().verdict() != Outcome.Verdict.RETRY_LATER);
    }

    /** First the end, then its line, once: a trace that takes none must not keep anybody in, nor end the round for the others. */
    private void end(ImapConnection connection, Membership who, Outcome outcome, String detail) {
        TraceEntry line = connection
                .session()
                .map(session -> SessionFacts.of(session, Event.SESSION_ENDED))
                .orElseGet(() -> TraceEntry.of(Event.SESSION_ENDED))
                .with(Field.ACTOR, who.person())
                .outcome(outcome)
                .with(Field.DETAIL, detail);
        try {
            if (connection.end(outcome.replyText())) {
                trace.record(who.isOwn() ? line : line.with(Field.ON_BEHALF_OF, who.mailbox()));
            }
        } catch (RuntimeException e) {
            LOGGER.error("the end of a session could not be traced: {}", FailureTrail.of(e));
        }
    }
}
