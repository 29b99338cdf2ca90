package org.mssante.annuaire.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.DirectoryUpdate;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Publication;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.rpps.ExtractFolder;
import org.mssante.annuaire.rpps.ExtractReader;
import org.mssante.annuaire.rpps.ReadReport;
import org.mssante.annuaire.work.BehindOthers;
import org.mssante.core.id.MailAddress;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index in step with its two sources. The register is read again where its files have changed, and what differs
 * is written; an edition that changes too much waits for a person's word. Our own mailboxes are taken over at every
 * start, over what the register says of the same address. Thread-safe.
 */
public final class DirectoryView {
    /** Who wants a look at the register where nobody asked for it. */
    public static final String SCHEDULE = "schedule";

    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryView.class);

    private final DirectoryIndex index;
    private final MailboxRegistry registry;
    private final RegisterMemory memory;
    private final Trace trace;
    private final Configuration configuration;
    private final SyncHistory history;
    private final Progress progress = new Progress();
    private final Clock clock;
    /** Held by the one look at the register; mailboxes are taken over beside it. */
    private final Object looking = new Object();

    /**
     * @param extracts folder of the public extracts, text or zip
     * @param withDiplomas whether those of diplomas are read, too
     * @param scratch folder for sorting; emptied at each load
     * @param hold which editions wait for a person's word
     * @param services that have an entry to bind with
     */
    public record Configuration(
            Path extracts,
            boolean withDiplomas,
            Path scratch,
            int maxLineBytes,
            int sortBufferBytes,
            HoldRules hold,
            List<String> services) {
        public Configuration {
            services = List.copyOf(services);
        }
    }

    /** What a look at the register may do. */
    public enum Permission {
        /** Take over what raises no objection. */
        RULES,
        /** Take over the edition that was held, whatever it changes. */
        CONFIRMED,
        /** Look, and change nothing. */
        NONE
    }

    public DirectoryView(
            DirectoryIndex index,
            MailboxRegistry registry,
            RegisterMemory memory,
            Trace trace,
            Configuration configuration,
            SyncHistory history,
            Clock clock) {
        this.index = index;
        this.registry = registry;
        this.memory = memory;
        this.trace = trace;
        this.configuration = configuration;
        this.history = history;
        this.clock = clock;
    }

    /** Ends an update whose edition must wait. */
    private static final class HeldException extends IOException {
        private static final long serialVersionUID = 1;

        HeldException() {
            super("the edition waits for a confirmation");
        }
    }

    /** What is being found out about one edition. */
    private static final class Findings {
        private final RegisterChanges changes = new RegisterChanges();
        private List<ReadReport> reads = List.of();
        private List<String> objections = List.of();
    }

    /**
     * Makes the directory ready to be asked: with the last good state of the register, or, where there is none, with what
     * the extracts hold now. Where there is neither, it holds our own mailboxes until the first extracts come.
     *
     * @return true where it has looked at the extracts
     * @throws StartupFailure where there is no last good state and the extracts cannot be taken over
     */
    public boolean open() throws IOException {
        if (index.source().isPresent() || isWithoutExtracts()) {
            takeOverMailboxes();
            return false;
        }
        SyncRun run = look(SCHEDULE, Permission.RULES);
        if (run.end() != SyncRun.End.APPLIED) {
            throw unusableExtracts(String.join("; ", run.remarks()), null);
        }
        return true;
    }

    private boolean isWithoutExtracts() {
        try {
            return SourceFingerprint.of(configuration.extracts()).isEmpty();
        } catch (IOException e) {
            throw unusableExtracts(FailureTrail.of(e), e);
        }
    }

    private StartupFailure unusableExtracts(String why, Throwable cause) {
        return new StartupFailure(
                "The extracts in " + configuration.extracts() + " cannot be loaded (" + why
                        + "): correct register.extracts or the files.",
                cause);
    }

    /** Takes over what has changed of our own mailboxes; visible when this returns, also while a register is read. */
    public void takeOverMailboxes() throws IOException {
        index.put(this::ownMailboxes);
    }

    /** Looks where nobody asked: an edition that waits already is left waiting, and no file at all says nothing. */
    public void lookBySchedule() throws IOException {
        synchronized (looking) {
            lookForWhatIsNew();
        }
    }

    private void lookForWhatIsNew() throws IOException {
        String source = SourceFingerprint.of(configuration.extracts());
        boolean known = source.isEmpty()
                || index.source().filter(source::equals).isPresent()
                || held().filter(source::equals).isPresent();
        if (!known) {
            look(SCHEDULE, Permission.RULES);
        }
    }

    /**
     * Looks at the register, and takes over what it may.
     *
     * @param actor who wants it
     */
    public SyncRun look(String actor, Permission permission) throws IOException {
        synchronized (looking) {
            return BehindOthers.run("register-look", () -> run(actor, permission));
        }
    }

    private SyncRun run(String actor, Permission permission) throws IOException {
        Instant start = clock.instant();
        Findings findings = new Findings();
        String source = "";
        SyncRun.End end;
        try {
            source = SourceFingerprint.of(configuration.extracts());
            if (source.isEmpty()) {
                throw new IOException("there is no extract in " + configuration.extracts());
            }
            end = take(source, permission, findings);
        } catch (HeldException e) {
            end = SyncRun.End.HELD;
        } catch (IOException e) {
            LOGGER.error("the register stays as it was loaded last: {}", FailureTrail.of(e));
            findings.objections = List.of(String.valueOf(e.getMessage()));
            end = SyncRun.End.FAILED;
        } finally {
            progress.ended();
        }
        SyncRun run = new SyncRun(
                start,
                Duration.between(start, clock.instant()),
                end,
                source,
                actor,
                findings.reads,
                findings.changes.kinds(),
                findings.objections);
        tell(run);
        return run;
    }

    /** The source of the edition in force; empty where the index must be made anew. */
    public Optional<String> edition() throws IOException {
        return index.source();
    }

    /** The source of the edition that waits; empty where none does. */
    public Optional<String> held() throws IOException {
        return history.last().filter(last -> last.end() == SyncRun.End.HELD).map(SyncHistory.Last::source);
    }

    /** How the last look ended that was more than a glance and no rehearsal; empty where there was none. */
    public Optional<SyncRun.End> lastEnd() throws IOException {
        return history.last().map(SyncHistory.Last::end);
    }

    /** True where the extracts are those of the edition that waits. */
    public boolean isHeldEditionThere() throws IOException {
        return held().equals(Optional.of(SourceFingerprint.of(configuration.extracts())));
    }

    /** Breaks off a look that is under way; the directory stays as it was. */
    public void stop() {
        progress.stop();
    }

    public SyncHistory history() {
        return history;
    }

    public Progress progress() {
        return progress;
    }

    private SyncRun.End take(String source, Permission permission, Findings findings) throws IOException {
        boolean first = index.source().isEmpty();
        if (permission != Permission.NONE
                && index.source().filter(source::equals).isPresent()) {
            takeOverMailboxes();
            return SyncRun.End.UNCHANGED;
        }
        RegisterLoad register = register();
        DirectoryIndex.Content content = update -> {
            Set<EntryKey> ours = ours();
            findings.reads = register.writeTo(update, ours, findings.changes);
            findings.objections = first
                    ? configuration.hold().unreadable(findings.reads)
                    : configuration.hold().objections(findings.changes, findings.reads);
            if (permission == Permission.RULES && !findings.objections.isEmpty()) {
                throw new HeldException();
            }
            RegisterLoad.forEachGone(update, ours, update::remove);
        };
        if (permission == Permission.NONE) {
            index.rehearse(content);
            return SyncRun.End.REHEARSED;
        }
        index.update(source, content, update -> {
            ownMailboxes(update);
            memory.published(register.published().stream()
                    .map(DirectoryView::publication)
                    .toList());
        });
        return SyncRun.End.APPLIED;
    }

    private static Publication publication(DirectoryEntry entry) {
        return new Publication(
                MailAddress.parse(entry.values(Attribute.MAIL).get(0)),
                Set.copyOf(entry.values(Attribute.PERSON_ID)),
                Set.copyOf(entry.values(Attribute.STRUCTURE_ID)));
    }

    private RegisterLoad register() throws IOException {
        Path scratch = Files.createDirectories(configuration.scratch());
        try (var leftOver = Files.newDirectoryStream(scratch)) {
            for (Path file : leftOver) {
                Files.delete(file);
            }
        }
        return new RegisterLoad(
                new ExtractFolder(configuration.extracts()),
                configuration.withDiplomas(),
                new ExtractReader(configuration.maxLineBytes()),
                scratch,
                configuration.sortBufferBytes(),
                progress);
    }

    private Set<EntryKey> ours() {
        Set<EntryKey> keys = new HashSet<>();
        registry.forEach(registration -> keys.add(
                EntryKey.of(Branch.MAILBOXES, registration.mailbox().address().toString())));
        return keys;
    }

    private void ownMailboxes(DirectoryUpdate update) throws IOException {
        for (DirectoryEntry entry : FixedEntries.all(configuration.services())) {
            update.put(entry);
        }
        try (Snapshot register = update.written()) {
            OwnEntries own = new OwnEntries(register);
            registry.forEach(registration -> {
                try {
                    update.put(own.mailbox(registration));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void tell(SyncRun run) throws IOException {
        for (ReadReport read : run.reads()) {
            LOGGER.info(
                    "{}: {} rows, {} quarantined, {} malformed characters, {} identifiers with a wrong key",
                    read.file(),
                    read.rows(),
                    read.quarantined(),
                    read.malformedBytes(),
                    read.doubtfulKeys());
            read.firstFaults().forEach(fault -> LOGGER.warn("{}: {}", read.file(), fault));
        }
        run.remarks().forEach(LOGGER::warn);
        if (run.end() != SyncRun.End.UNCHANGED) {
            history.add(run);
        }
        event(run.end())
                .ifPresent(event -> trace.record(TraceEntry.of(event)
                        .with(Field.ACTOR, run.actor())
                        .with(Field.COUNT, written(run.changes()))
                        .with(
                                Field.DETAIL,
                                run.remarks().isEmpty() ? run.source() : String.join("; ", run.remarks()))));
    }

    private static Optional<Event> event(SyncRun.End end) {
        return switch (end) {
            case APPLIED -> Optional.of(Event.DIRECTORY_LOADED);
            case HELD -> Optional.of(Event.DIRECTORY_HELD);
            case FAILED -> Optional.of(Event.DIRECTORY_NOT_LOADED);
            case UNCHANGED, REHEARSED -> Optional.empty();
        };
    }

    private static long written(Map<String, Counts> changes) {
        return changes.values().stream().mapToLong(Counts::written).sum();
    }
}
