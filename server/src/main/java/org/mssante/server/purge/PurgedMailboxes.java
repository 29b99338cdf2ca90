package org.mssante.server.purge;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.james.core.Username;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.absence.AnsweredSenders;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.storage.mailbox.Accounts;
import org.mssante.server.storage.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the folders and messages of mailboxes that the annuaire says are PURGED: the only state there is no way back from
 * (mssante.md §5.5). One that the annuaire does not know, or while it does not answer, keeps everything. Forgets, too, who was told
 * of absences that are over.
 */
public final class PurgedMailboxes implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PurgedMailboxes.class);
    private static final int PAGE = 500;

    private final Database database;
    private final Accounts accounts;
    private final Directory directory;
    private final Trace trace;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "purged-mailboxes"));

    /**
     * @param directory answers never from memory: nothing is deleted for what is remembered
     * @param clock in whose zone days end
     */
    public PurgedMailboxes(Database database, Directory directory, Trace trace, Clock clock) {
        this.database = database;
        this.accounts = new Accounts(database);
        this.clock = clock;
        this.directory = directory;
        this.trace = trace;
    }

    public void start(Duration interval) {
        var unused = thread.scheduleWithFixedDelay(
                this::lookOrWait, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Without an interrupt: a transaction may be under way. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private void lookOrWait() {
        try {
            look();
            database.transaction(connection ->
                    AnsweredSenders.forgetBefore(connection, LocalDate.ofInstant(clock.instant(), clock.getZone())));
        } catch (RuntimeException e) { // a look that failed must not be the last one
            LOGGER.error("what is over could not all be deleted: {}", FailureTrail.of(e));
        }
    }

    /** One that cannot be emptied keeps nobody behind it. */
    private void emptyOrWait(MailAddress address) {
        try {
            empty(address);
        } catch (RuntimeException e) {
            LOGGER.error("the mailbox {} is purged and could not be emptied: {}", address, FailureTrail.of(e));
        }
    }

    /** Asks about every account that has folders here. */
    void look() {
        String after = "";
        List<Username> page = accounts.behind(after, PAGE);
        while (!page.isEmpty() && !thread.isShutdown()) {
            for (Username account : page) {
                JamesNames.address(account).filter(this::isPurged).ifPresent(this::emptyOrWait);
                after = account.asString();
            }
            page = accounts.behind(after, PAGE);
        }
    }

    private boolean isPurged(MailAddress address) {
        return directory.mailbox(address) instanceof Lookup.Found<Mailbox> found
                && found.value().state() == MailboxState.PURGED;
    }

    private void empty(MailAddress address) {
        long messages = accounts.delete(JamesNames.username(address));
        trace.record(TraceEntry.of(Event.MAILBOX_EMPTIED)
                .with(Field.ON_BEHALF_OF, address)
                .with(Field.COUNT, messages));
    }
}
