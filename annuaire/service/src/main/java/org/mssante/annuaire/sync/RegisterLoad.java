package org.mssante.annuaire.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.ActivityFormat;
import org.mssante.annuaire.rpps.ExtractFolder;
import org.mssante.annuaire.rpps.ExtractFormat;
import org.mssante.annuaire.rpps.ExtractReader;
import org.mssante.annuaire.rpps.PublishedMailboxFormat;
import org.mssante.annuaire.rpps.ReadReport;
import org.mssante.annuaire.rpps.SkillFormat;

/** Streams the extracts of a folder through the sorter into the index. */
final class RegisterLoad {
    private final ExtractFolder extracts;
    private final ExtractReader reader;
    private final Path scratch;
    private final long sortBufferBytes;

    /** @param scratch an existing folder for files that are removed at the end */
    RegisterLoad(ExtractFolder extracts, ExtractReader reader, Path scratch, long sortBufferBytes) {
        this.extracts = extracts;
        this.reader = reader;
        this.scratch = scratch;
        this.sortBufferBytes = sortBufferBytes;
    }

    /** One report an extract that was there. */
    List<ReadReport> writeTo(DirectoryIndex.Rebuild rebuild) throws IOException {
        List<ReadReport> reports = new ArrayList<>();
        try (EntrySorter sorter = new EntrySorter(scratch, sortBufferBytes)) {
            read(new ActivityFormat(), activity -> add(sorter, activity)).ifPresent(reports::add);
            read(new SkillFormat(), skill -> sorter.add(NationalEntries.speciality(skill)))
                    .ifPresent(reports::add);
            read(new PublishedMailboxFormat(), mailbox -> sorter.add(NationalEntries.mailbox(mailbox)))
                    .ifPresent(reports::add);
            sorter.drain(entry -> {
                if (isWhole(entry)) {
                    rebuild.add(withActivity(entry));
                }
            });
        }
        return reports;
    }

    private <R> Optional<ReadReport> read(ExtractFormat<R> format, ExtractReader.Sink<R> sink) throws IOException {
        Optional<ExtractFolder.Source> source = extracts.find(format);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = source.get().open()) {
            return Optional.of(reader.read(source.get().name(), in, format, sink));
        }
    }

    private static void add(EntrySorter sorter, Activity activity) throws IOException {
        sorter.add(NationalEntries.professional(activity));
        if (activity.site().isPresent()) {
            Activity.Site site = activity.site().get();
            sorter.add(NationalEntries.structure(site.id(), site.name(), site.place()));
        }
    }

    /** A savoir-faire of somebody the activities do not know makes no entry of its own. */
    private static boolean isWhole(DirectoryEntry entry) {
        return !entry.values(Attribute.OBJECT_CLASS).contains(LdapNames.PROFESSIONAL_CLASS)
                || !entry.values(Attribute.PERSON_ID).isEmpty();
    }

    /** After the merge: a professional none of whose lines has an activity is not active. */
    private static DirectoryEntry withActivity(DirectoryEntry entry) {
        boolean silent = entry.key().branch().equals(Optional.of(Branch.PROFESSIONALS))
                && entry.values(Attribute.ACTIVE).isEmpty();
        return silent
                ? entry.with(DirectoryEntry.at(entry.key(), entry.audience())
                        .with(Attribute.ACTIVE, "FALSE")
                        .build())
                : entry;
    }
}
