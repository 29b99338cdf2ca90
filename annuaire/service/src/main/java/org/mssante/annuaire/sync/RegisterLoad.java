package org.mssante.annuaire.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.CommonNames;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryUpdate;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.EntryRecords;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.ActivityFormat;
import org.mssante.annuaire.rpps.Diploma;
import org.mssante.annuaire.rpps.DiplomaFormat;
import org.mssante.annuaire.rpps.ExtractFolder;
import org.mssante.annuaire.rpps.ExtractFormat;
import org.mssante.annuaire.rpps.ExtractReader;
import org.mssante.annuaire.rpps.PublishedMailboxFormat;
import org.mssante.annuaire.rpps.ReadReport;
import org.mssante.annuaire.rpps.SkillFormat;
import org.mssante.annuaire.work.SecondThread;

/**
 * Streams the extracts of a folder through the sorter beside the entries that stand, and writes what differs: one thread reads lines
 * while another makes entries of them and sorts these; then one compares while another indexes.
 */
final class RegisterLoad {
    private static final int BETWEEN_WORDS = 100_000;
    private static final int LINES_OF_BATCH = 32;
    private static final int WAITING_BATCHES = 4;

    private final ExtractFolder extracts;
    private final boolean withDiplomas;
    private final ExtractReader reader;
    private final Path scratch;
    private final int sortBufferBytes;
    private final Progress progress;
    private final List<DirectoryEntry> published = new ArrayList<>();
    private final KnownSites sites = new KnownSites();

    /**
     * @param withDiplomas whether diplomas are read, too
     * @param scratch an existing folder for files that are removed at the end
     */
    RegisterLoad(
            ExtractFolder extracts,
            boolean withDiplomas,
            ExtractReader reader,
            Path scratch,
            int sortBufferBytes,
            Progress progress) {
        this.extracts = extracts;
        this.withDiplomas = withDiplomas;
        this.reader = reader;
        this.scratch = scratch;
        this.sortBufferBytes = sortBufferBytes;
        this.progress = progress;
    }

    /**
     * Writes what is new or differs, and counts what would go; what goes is left where it stands.
     *
     * @param ours addresses of our own mailboxes, of which the register decides nothing
     * @return one report an extract that was there
     */
    List<ReadReport> writeTo(DirectoryUpdate update, Set<EntryKey> ours, RegisterChanges changes) throws IOException {
        List<ReadReport> reports = new ArrayList<>();
        try (EntrySorter sorter = new EntrySorter(scratch, sortBufferBytes)) {
            try (SecondThread sorting = new SecondThread("sorting", WAITING_BATCHES, SecondThread.Overload.WAIT)) {
                read(new ActivityFormat(), sorting, activity -> add(sorter, activity))
                        .ifPresent(reports::add);
                read(new SkillFormat(), sorting, skill -> sorter.add(NationalEntries.speciality(skill)))
                        .ifPresent(reports::add);
                if (withDiplomas) {
                    read(new DiplomaFormat(), sorting, diploma -> add(sorter, diploma))
                            .ifPresent(reports::add);
                }
                read(new PublishedMailboxFormat(), sorting, mailbox -> sorter.add(NationalEntries.mailbox(mailbox)))
                        .ifPresent(reports::add);
                sorting.finish();
            }
            long[] compared = {0};
            sorter.drain(records -> {
                take(records, update, ours, changes);
                if (++compared[0] % BETWEEN_WORDS == 0) {
                    progress.at("comparing: " + compared[0] + " entries");
                }
            });
        }
        forEachGone(update, ours, changes::removed);
        return reports;
    }

    private void take(EntryRecords records, DirectoryUpdate update, Set<EntryKey> ours, RegisterChanges changes)
            throws IOException {
        if (records.isOf(Branch.MAILBOXES)) {
            DirectoryEntry mailbox = withNamesOfAll(records);
            if (ours.contains(mailbox.key())) {
                published.add(mailbox);
            } else {
                changes.mailbox(mailbox, update.offer(records, () -> mailbox));
            }
        } else if (records.isOf(Branch.STRUCTURES)) {
            changes.structure(update.offer(records, records::entry));
        } else if (records.have(Attribute.PERSON_ID)) {
            // a savoir-faire or diploma of somebody the activities do not know makes no entry of its own
            changes.professional(update.offer(records, () -> withActivity(records.entry())));
        }
    }

    /** What the register says of our own mailboxes, once it was read. */
    List<DirectoryEntry> published() {
        return List.copyOf(published);
    }

    /** The entries of the register that it does not hold any more. */
    static void forEachGone(DirectoryUpdate update, Set<EntryKey> ours, DirectoryUpdate.Visitor visitor)
            throws IOException {
        update.forEachLeft(entry -> {
            boolean national =
                    entry.key().name().isPresent() && !entry.key().branch().equals(Optional.of(Branch.SERVICES));
            if (national && !ours.contains(entry.key())) {
                visitor.visit(entry);
            }
        });
    }

    /** @param sink called by the other thread, line by line */
    private <R> Optional<ReadReport> read(ExtractFormat<R> format, SecondThread sorting, ExtractReader.Sink<R> sink)
            throws IOException {
        Optional<ExtractFolder.Source> source = extracts.find(format);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        String name = source.get().name();
        long[] read = {0};
        Batches<R> batches = new Batches<>(sorting, sink);
        try (InputStream in = source.get().open()) {
            ReadReport report = reader.read(name, in, format, line -> {
                batches.add(line);
                if (++read[0] % BETWEEN_WORDS == 0) {
                    progress.at("reading " + name + ": " + read[0] + " lines");
                }
            });
            batches.end();
            return Optional.of(report);
        }
    }

    /** Hands lines to another thread, some at a time: to hand over each by itself would cost as much as what is done with it. */
    private static final class Batches<R> {
        private final SecondThread thread;
        private final ExtractReader.Sink<R> sink;
        private List<R> batch = new ArrayList<>(LINES_OF_BATCH);

        Batches(SecondThread thread, ExtractReader.Sink<R> sink) {
            this.thread = thread;
            this.sink = sink;
        }

        void add(R line) throws IOException {
            batch.add(line);
            if (batch.size() == LINES_OF_BATCH) {
                end();
            }
        }

        void end() throws IOException {
            List<R> full = batch;
            batch = new ArrayList<>(LINES_OF_BATCH);
            thread.take(() -> {
                for (R line : full) {
                    sink.accept(line);
                }
            });
        }
    }

    private void add(EntrySorter sorter, Activity activity) throws IOException {
        sorter.add(NationalEntries.professional(activity));
        if (activity.site().isPresent() && sites.isNew(activity.site().get())) {
            Activity.Site site = activity.site().get();
            sorter.add(NationalEntries.structure(site));
        }
    }

    private static void add(EntrySorter sorter, Diploma diploma) throws IOException {
        if (diploma.isHeld()) {
            sorter.add(NationalEntries.diploma(diploma));
        }
    }

    /** Each of several holders is called by either name first, as the one of a mailbox is ({@link CommonNames}). */
    private static DirectoryEntry withNamesOfAll(EntryRecords records) throws IOException {
        List<DirectoryEntry> lines = records.each();
        DirectoryEntry mailbox = lines.get(0);
        for (DirectoryEntry line : lines.subList(1, lines.size())) {
            mailbox = mailbox.with(line)
                    .with(DirectoryEntry.at(line.key(), line.audience())
                            .with(Attribute.COMMON_NAME, CommonNames.of(line))
                            .build());
        }
        return mailbox;
    }

    /** After the merge: a professional none of whose lines has an activity is not active. */
    private static DirectoryEntry withActivity(DirectoryEntry entry) {
        return entry.values(Attribute.ACTIVE).isEmpty()
                ? entry.with(DirectoryEntry.at(entry.key(), entry.audience())
                        .with(Attribute.ACTIVE, "FALSE")
                        .build())
                : entry;
    }
}
